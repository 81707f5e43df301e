"""The doors of the portal: code on paper, sent code; what is refused says nothing about anybody."""

from __future__ import annotations

import pytest
from django.core import mail

from accounts.models import User
from pathways.access import limiting
from pathways.audit.models import JournalEntry
from tests.web.portal.entry_people import *  # noqa: F403  fixtures are taken by their names
from tests.web.portal.entry_people import ask, birth, enter, figures_sent, letter_of, phone, signed_in
from tests.web.portal.readers import plain


def text(response):
    return plain(response.content.decode())


def test_the_letter_opens_the_page(nour):
    client = phone()
    assert enter(client, nour).status_code == 302
    nour.person.refresh_from_db()
    assert signed_in(client) == str(nour.person.user_id)
    assert JournalEntry.objects.get(act="accounts.sign_in").details["means"] == ["paper"]


def test_a_code_may_be_typed_in_arabic_figures(nour):
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    client = phone("ar")
    boxes = {name: value.translate(arabic) for name, value in birth(nour).items()}
    client.post("/my/code/", {"code": letter_of(nour).translate(arabic), **boxes})
    assert signed_in(client)


def test_the_language_chosen_on_the_phone_is_remembered(nour):
    enter(phone("fr"), nour)
    assert User.objects.get(person=nour.person).language == "fr"


def test_language_is_asked_first(client, nour):
    response = client.get("/my/code/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/language/")


@pytest.mark.parametrize("wrong", [{"code": "111111222222"}, {"year": "1970"}])
def test_what_is_wrong_is_not_told(nour, wrong):
    client = phone()
    response = client.post("/my/code/", {"code": letter_of(nour), **birth(nour), **wrong})
    assert response.status_code == 422
    assert "The code or the date is not right." in text(response)
    assert not signed_in(client)


def test_a_wrong_try_stays_counted(nour):
    figures, client = letter_of(nour), phone()
    for _time in range(5):
        client.post("/my/code/", {"code": figures, **birth(nour, year="1970")})
    assert client.post("/my/code/", {"code": figures, **birth(nour)}).status_code == 422


@pytest.mark.parametrize("boxes", [{"day": "31", "month": "2"}, {"day": ""}, {"year": "x"}])
def test_what_is_no_date_is_said(nour, boxes):
    response = phone().post("/my/code/", {"code": letter_of(nour), **birth(nour, **boxes)})
    assert "This is not a date." in text(response)


def test_who_tries_very_often_waits(nour, monkeypatch):
    monkeypatch.setattr("pathways.web.portal.entry.views.BY_ADDRESS", 2)
    client = phone()
    answers = [client.post("/my/code/", {"code": "111111222222", **birth(nour)}).status_code for _time in range(4)]
    assert answers == [422, 422, 429, 429]


def test_a_code_by_text_message_opens_the_page_again(nour, django_capture_on_commit_callbacks):
    enter(phone(), nour)
    client = phone()
    with django_capture_on_commit_callbacks(execute=True):
        assert ask(client, nour, "0470 00 00 01").headers["Location"] == "/my/sign-in/code/"
    assert client.post("/my/sign-in/code/", {"code": figures_sent(nour)}).status_code == 302
    assert signed_in(client) == str(User.objects.get(person=nour.person).pk)


def test_a_code_by_email_opens_the_page_again(nour, django_capture_on_commit_callbacks):
    enter(phone(), nour)
    client = phone()
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, nour, nour.person.email)
    figures = mail.outbox[0].body.split()
    code = next(word.rstrip(".") for word in figures if word.rstrip(".").isdecimal() and len(word.rstrip(".")) == 6)
    client.post("/my/sign-in/code/", {"code": code})
    assert signed_in(client)


def test_after_signing_in_one_comes_to_the_page_one_wanted(nour, django_capture_on_commit_callbacks):
    enter(phone(), nour)
    client = phone()
    wanted = client.get("/my/ways/").headers["Location"]
    assert wanted == "/my/sign-in/?next=/my/ways/"
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, nour, next="/my/ways/")
    assert client.post("/my/sign-in/code/", {"code": figures_sent(nour)}).headers["Location"] == "/my/ways/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/my/", "/desk/"])
def test_nobody_is_led_elsewhere(nour, django_capture_on_commit_callbacks, elsewhere):
    enter(phone(), nour)
    client = phone()
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, nour, next=elsewhere)
    location = client.post("/my/sign-in/code/", {"code": figures_sent(nour)}).headers["Location"]
    assert location.startswith("/my/") or location == "/start/"
    assert "evil" not in location


def test_the_answer_is_the_same_whether_or_not_somebody_is_known(nour, karim, django_capture_on_commit_callbacks):
    enter(phone(), nour)
    answers = []
    for someone, contact in ((nour, None), (karim, None), (nour, "+32499999999")):
        client = phone()
        with django_capture_on_commit_callbacks(execute=True):
            asked = ask(client, someone, contact)
        page = client.get("/my/sign-in/code/").content.decode()
        answers.append((asked.status_code, asked.headers["Location"], without_tokens(page)))
    assert answers[0] == answers[1] == answers[2]


def without_tokens(page):
    """A page without what differs on every page."""
    lines = (line for line in page.splitlines() if "csrf" not in line.lower() and "_once" not in line)
    return [line.strip() for line in lines if "nonce" not in line]


def test_one_contact_gets_few_messages(nour, outbox, django_capture_on_commit_callbacks):
    enter(phone(), nour)
    for _time in range(limiting.BY_CONTACT + 3):
        with django_capture_on_commit_callbacks(execute=True):
            assert ask(phone(), nour).status_code == 302
    assert len(list(outbox.iterdir())) == limiting.BY_CONTACT


def test_where_no_text_messages_are_sent_an_address_is_asked_for(nour, settings):
    settings.SMS_BACKEND = ""
    assert "Your e-mail address" in text(phone().get("/my/sign-in/"))
    response = ask(phone(), nour)
    assert response.status_code == 422
    assert "Type your e-mail address." in text(response)


def test_a_page_for_a_code_that_nobody_asked_for_leads_back(client):
    assert client.get("/my/sign-in/code/").headers["Location"] == "/my/sign-in/"


def test_who_is_in_is_led_to_their_page(nour):
    client = phone()
    enter(client, nour)
    assert client.get("/my/sign-in/").headers["Location"] == "/my/"


def test_somebody_without_phone_and_mailbox_hears_how_to_come_back(adult):
    someone = adult("Tesfay", "Selam", phone="", email="")
    client = phone()
    assert enter(client, someone).headers["Location"] == "/my/ways/"
    assert "Give it to your office." in text(client.get("/my/ways/"))


def test_the_made_up_address_of_a_newcomer_is_shown_nowhere(nour):
    client = phone()
    enter(client, nour)
    pages = [client.get(path, follow=True) for path in ("/my/ways/", "/my/", "/accounts/email/", "/accounts/2fa/")]
    assert all("newcomers.invalid" not in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    "door", ["email/", "password/change/", "password/set/", "3rdparty/", "2fa/", "2fa/totp/activate/"]
)
def test_the_doors_of_staff_lead_newcomers_to_their_own(nour, door):
    client = phone()
    enter(client, nour)
    assert client.get(f"/accounts/{door}").headers["Location"] == "/my/ways/"


def test_a_newcomer_with_a_password_comes_in_by_the_page_of_staff_too(nour):
    enter(phone(), nour)
    user = User.objects.get(person=nour.person)
    user.set_password("pathways-demo")
    user.save()
    client = phone()
    response = client.post("/accounts/login/", {"login": user.email, "password": "pathways-demo"}, follow=True)
    assert response.redirect_chain[-1][0] == "/my/"
    assert client.session["newcomer"]["shared"] is False
