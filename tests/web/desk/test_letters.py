"""The queue of letters: found by filters, walked by keys, acted on together; invitations written for many at once."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case
from pathways.notices.actions import prepare_letter, sending
from pathways.notices.models import Letter, LetterJob
from pathways.notices.queries import letter_page
from pathways.notices.recipients import Recipient
from tests.cases.conftest import TODAY

MOST_QUERIES = 12


@pytest.fixture
def letter(new_case, counselor):
    """`letter("key")`: the invitation of a new case, or another letter with its paper."""
    case = new_case()
    first = write_invitation(actor=counselor, case=case, on=TODAY)

    def make(key="", **more):
        if not key:
            return first
        values = {
            "actor": counselor,
            "office_id": first.office_id,
            "case_reference": "",
            "kind": "breach_notice",
            "title": "Brief",
            "recipient": Recipient(name=f"Person {key}", email="someone@post.example"),
            "language": "nl",
            "document": first.document,
            "channel": "post",
            "dedupe_key": key,
            "needs_approval": False,
            "on": TODAY,
        }
        return prepare_letter(**{**values, **more})

    return make


def test_the_queue_shows_what_has_not_left(page, letter):
    letter("sent elsewhere", needs_approval=True)
    text = page("/desk/letters/")
    assert "Nour Haddad" in text
    assert "1 letter can be sent" in text
    assert "1 waits for approval" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [("q=Person+a", "a"), ("channel=email", "c"), ("state=draft", "b"), ("kind=breach_notice&channel=registered", "d")],
)
def test_filters_narrow_the_queue(page, letter, query, shown):
    letter("a")
    letter("b", needs_approval=True)
    letter("c", channel="email")
    letter("d", channel="registered")
    names = re.findall(r"<bdi>Person (\w)</bdi>", page(f"/desk/letters/?{query}"))
    assert names == [shown]


def test_a_page_of_letters_costs_as_much_as_one(page, letter, django_assert_max_num_queries):
    for number in range(60):
        letter(f"k{number}")
    with django_assert_max_num_queries(MOST_QUERIES):
        page("/desk/letters/")


def test_pages_lead_back_and_forth(letter):
    letters = [letter(f"k{number}") for number in range(7)]
    rows = Letter.objects.filter(pk__in=[one.pk for one in letters])
    first = letter_page(letters=rows, size=3)
    second = letter_page(letters=rows, size=3, after=first.older)
    third = letter_page(letters=rows, size=3, after=second.older)
    assert [one for part in (first, second, third) for one in part.letters] == letters[::-1]
    assert (first.newer, third.older) == ("", "")
    assert letter_page(letters=rows, size=3, before=third.newer).letters == second.letters
    assert letter_page(letters=rows, size=3, before=second.newer).newer == ""


def test_chosen_letters_are_sent_together(desk, letter, django_capture_on_commit_callbacks):
    mailed = letter("mail", channel="email")
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            "/desk/letters/act/", {"act": "send", "letter": [letter().public_id, mailed.public_id, "no uuid"]}
        )
    job = LetterJob.objects.get()
    assert answer.headers["Location"] == f"/desk/letters/jobs/{job.public_id}/"
    assert "Open the paper to print" in desk.get(answer.headers["Location"]).content.decode()
    assert desk.get(f"/desk/letters/jobs/{job.public_id}/letters.pdf").content.startswith(b"%PDF")
    assert len(mail.outbox) == 1
    assert Case.objects.get().invited_on == TODAY
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_all_of_a_filter_are_cancelled_with_a_reason(desk, letter, django_capture_on_commit_callbacks):
    for key in "ab":
        letter(key)
    data = {"act": "cancel", "all": "1", "query": "kind=breach_notice"}
    assert desk.post("/desk/letters/act/", data).headers["Location"] == "/desk/letters/?kind=breach_notice"
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/desk/letters/act/", {**data, "reason": "Moved"})
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == ["approved", "cancelled", "cancelled"]


def test_a_counselor_does_not_approve(desk, letter):
    draft = letter("a", needs_approval=True)
    desk.post("/desk/letters/act/", {"act": "approve", "letter": [draft.public_id]})
    desk.post(f"/desk/letters/{draft.public_id}/approve/")
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not LetterJob.objects.exists()


def test_one_letter_has_its_acts(desk, page, letter):
    one = letter("r", channel="registered")
    text = page(f"/desk/letters/{one.public_id}/")
    assert "Number on the receipt" in text
    desk.post(f"/desk/letters/{one.public_id}/number/", {"number": "RR 1 BE"})
    desk.post(f"/desk/letters/{one.public_id}/cancel/", {"reason": "Moved"})
    one.refresh_from_db()
    assert (one.registered_number, one.state, one.cancel_reason) == ("RR1BE", "cancelled", "Moved")
    assert "Cancel the letter" not in page(f"/desk/letters/{one.public_id}/")


def test_a_letter_in_doubt_asks_a_person(desk, page, letter, monkeypatch, django_capture_on_commit_callbacks):
    one = letter("mail", channel="email")
    monkeypatch.setattr(sending, "mail_of", lambda _letter: (_ for _ in ()).throw(TimeoutError()))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/desk/letters/act/", {"act": "send", "letter": [one.public_id]})
    assert "It is not certain that this letter left" in page(f"/desk/letters/{one.public_id}/")
    desk.post(f"/desk/letters/{one.public_id}/settle/", {"sent": "yes"})
    one.refresh_from_db()
    assert (one.state, mail.outbox) == ("sent", [])


def test_many_invitations_are_written_once(desk, page, new_case, person, django_capture_on_commit_callbacks):
    cases = [new_case(person(f"Name{number}")) for number in range(3)]
    exempt = new_case(person("French"), nationality="FR")
    references = [case.reference for case in cases]
    assert page("/desk/letters/invitations/?scope=office").count("data-row") == 3
    shown = desk.post("/desk/letters/invitations/", {"case": [*references, exempt.reference]}).content.decode()
    assert "1 of the chosen people cannot be invited" in shown
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post("/desk/letters/invitations/", {"case": references, "channel": "post"})
    assert Letter.objects.filter(kind="invitation", state="approved").count() == 3
    assert LetterJob.objects.latest("pk").items.filter(state="refused").count() == 3
    assert not Case.objects.filter(invited_on__isnull=False).exists()


def test_the_invitation_of_one_case_waits_in_the_queue(desk, page, new_case):
    case = new_case()
    answer = desk.post(f"/desk/cases/{case.reference}/invitation/", {"channel": "registered"})
    one = Letter.objects.get()
    assert answer.headers["Location"] == f"/desk/letters/{one.public_id}/"
    assert (one.kind, one.channel, one.state) == ("invitation", "registered", "approved")
    assert "An invitation is in the queue already" in page(f"/desk/cases/{case.reference}/invitation/")


def test_today_offers_to_write_them_all(page, new_case, person):
    for number in range(2):
        new_case(person(f"Name{number}"))
    assert "Write 2 invitations" in page("/desk/?scope=office")
