"""A newcomer's session: ends without a sign of life, goes on with one, and leaves nothing on a phone of several people."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.base.clock import now
from pathways.web.portal.entry import sessions
from tests.web.portal.entry_people import *  # noqa: F403  fixtures are taken by their names
from tests.web.portal.entry_people import birth, enter, letter_of, phone, signed_in


@pytest.fixture
def later(monkeypatch):
    """`later(minutes=5)`: the session is looked at so much later."""
    start = now()

    def wait(**length):
        monkeypatch.setattr(sessions, "now", lambda: start + dt.timedelta(**length))

    return wait


@pytest.fixture
def client(nour):
    """Nour's own phone, signed in."""
    own = phone()
    enter(own, nour)
    return own


@pytest.fixture
def shared(nour):
    """A phone that others use too, with Nour signed in."""
    borrowed = phone()
    enter(borrowed, nour, shared="on")
    return borrowed


def test_a_session_ends_after_twenty_minutes_without_a_sign_of_life(client, later):
    later(minutes=20, seconds=10)
    response = client.get("/my/ways/")
    assert response.headers["Location"] == "/my/sign-in/?ended=1&next=%2Fmy%2Fways%2F"
    assert not signed_in(client)


def test_each_page_is_a_sign_of_life(client, later):
    later(minutes=15)
    assert client.get("/my/ways/").status_code == 200
    later(minutes=30)
    assert client.get("/my/ways/").status_code == 200


def test_the_answer_to_the_warning_keeps_the_session(client, later):
    later(minutes=19)
    assert client.post("/my/stay/").status_code == 204
    later(minutes=38)
    assert client.get("/my/ways/").status_code == 200


def test_an_answer_that_comes_too_late_says_so_to_the_script(client, later):
    later(minutes=21)
    assert client.post("/my/stay/", headers={"X-Stay": "1"}).status_code == 401


def test_a_page_tells_its_script_when_to_warn(client):
    page = client.get("/my/ways/").content.decode()
    assert 'data-idle="1180"' in page
    assert 'data-warn="120"' in page


def test_the_page_after_the_end_says_what_happened(client, later):
    later(minutes=21)
    page = client.get("/my/ways/", follow=True).content.decode()
    assert "Nothing happened for a while." in page


def test_a_shared_phone_is_forgotten_sooner(shared, later):
    later(minutes=5, seconds=10)
    assert "ended=1" in shared.get("/my/ways/").headers["Location"]


def test_a_session_of_staff_does_not_end_by_itself(counselor, later):
    own = phone()
    own.force_login(counselor)
    later(hours=2)
    assert own.get("/desk/").status_code == 200


def test_on_a_shared_phone_the_cookie_ends_with_the_browser(nour):
    assert enter(phone(), nour, shared="on").cookies["sessionid"]["max-age"] == ""
    assert enter(phone(), nour).cookies["sessionid"]["max-age"]


def test_leaving_a_shared_phone_forgets_everything(shared):
    assert "Other people use this phone too" in shared.get("/my/ways/").content.decode()
    response = shared.post("/my/sign-out/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage", "cookies"'
    assert not signed_in(shared)


def test_leaving_ones_own_phone_keeps_the_language(client):
    response = client.post("/my/sign-out/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Location"] == "/my/sign-in/?left=1"


def test_no_passkey_is_offered_on_a_shared_phone(shared):
    assert "you cannot add a passkey here" in shared.get("/my/ways/").content.decode()
    assert shared.get("/my/ways/passkey/").headers["Location"] == "/my/ways/"


def test_a_page_that_was_left_open_takes_no_passkey(client, monkeypatch):
    moment = now() + dt.timedelta(minutes=11)
    monkeypatch.setattr("pathways.web.portal.entry.ways.now", lambda: moment)
    assert "Sign in again first" in client.get("/my/ways/passkey/").content.decode()


def test_the_next_person_on_the_phone_finds_nothing_of_the_first(shared, karim):
    shared.session["draft"] = "of Nour"
    shared.post("/my/code/", {"code": letter_of(karim), **birth(karim)})
    karim.person.refresh_from_db()
    assert signed_in(shared) == str(karim.person.user_id)
    assert "draft" not in shared.session
    assert shared.session["newcomer"]["shared"] is False
