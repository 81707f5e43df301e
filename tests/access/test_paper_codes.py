"""The code of a letter: works once, for one person, for a time; the office makes a new one and the old one dies."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.roles import Role
from pathways.access.actions import close_way_in, forget_codes, issue_code, redeem_code, revoke_code
from pathways.access.errors import AccessRefused
from pathways.access.models import MOST_ATTEMPTS, AccessCode
from pathways.access.queries import way_in
from pathways.audit.models import JournalEntry
from tests.access.conftest import AT, MINUTE, ON


def redeem(figures, someone, **changes):
    return redeem_code(**{"figures": figures, "birth_date": someone.person.birth_date, "on": ON, "at": AT} | changes)


def test_a_code_makes_the_user_of_its_person_a_newcomer_without_a_mailbox(nour):
    user = redeem(nour.letter(), nour)
    nour.person.refresh_from_db()
    assert nour.person.user == user
    assert [one.role for one in user.memberships.all()] == [Role.NEWCOMER]
    assert user.language == "ar"
    assert not user.has_mailbox
    assert not user.has_usable_password()


def test_a_code_works_once(nour):
    figures = nour.letter()
    assert redeem(figures, nour)
    assert redeem(figures, nour) is None


def test_a_second_letter_opens_the_same_user(nour):
    assert nour.enter() == nour.enter()


def test_the_old_code_dies_when_the_office_prints_a_new_one(nour):
    old = nour.letter()
    new = nour.letter()
    assert redeem(old, nour) is None
    assert redeem(new, nour)


def test_the_database_holds_one_living_code_for_each_person(nour):
    nour.letter()
    with pytest.raises(IntegrityError, match="access_code_one_live"), transaction.atomic():
        AccessCode.objects.create(
            person=nour.person, handle="000001", code_hash="0" * 64, issued_on=ON, expires_at=AT + MINUTE
        )


def test_a_code_taken_back_opens_nothing(nour):
    figures = nour.letter()
    assert revoke_code(actor=None, person=nour.person, case_id=nour.case.pk, on=ON, at=AT)
    assert redeem(figures, nour) is None
    assert not revoke_code(actor=None, person=nour.person, case_id=nour.case.pk, on=ON, at=AT)


def test_a_code_runs_out(nour, settings):
    figures = nour.letter()
    assert redeem(figures, nour, at=AT + dt.timedelta(days=settings.ACCESS_CODE_DAYS)) is None


def test_the_night_ends_codes_that_have_run_out(nour):
    nour.letter()
    forget_codes(at=AT + dt.timedelta(days=400))
    assert AccessCode.objects.get().revoked_at


def test_a_code_with_another_birth_date_opens_nothing(nour, karim):
    assert redeem(nour.letter(), karim) is None


def test_five_wrong_tries_end_a_code(nour):
    figures = nour.letter()
    wrong = figures[:6] + f"{(int(figures[6:]) + 1) % 1_000_000:06d}"
    for _time in range(MOST_ATTEMPTS):
        assert redeem(wrong, nour) is None
    assert redeem(figures, nour) is None


@pytest.mark.parametrize("figures", ["", "1", "999999000000", "000000000000"])
def test_what_nobody_printed_opens_nothing(nour, figures):
    assert redeem(figures, nour) is None


def test_no_code_is_stored_anywhere_in_the_database(nour):
    figures = nour.letter()
    redeem(figures, nour)
    stored = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            stored.append(cursor.fetchone()[0])
    everything = "\n".join(stored)
    assert figures[:6] in everything  # the number by which the row is found
    assert figures not in everything
    assert figures[6:] not in re.findall(r"\d+", everything)


def test_each_step_is_in_the_journal_without_figures(nour):
    figures = nour.letter()
    redeem(figures[:6] + "x", nour)
    redeem(figures, nour)
    entries = JournalEntry.objects.filter(act__startswith="access.").order_by("pk")
    assert [entry.act for entry in entries] == ["access.issue_code", "access.refuse_entry", "access.redeem_code"]
    assert figures[:6] not in str([(entry.subject, entry.details) for entry in entries])


def test_a_person_without_a_birth_date_gets_no_letter(adult):
    someone = adult(birth_date=None)
    with pytest.raises(AccessRefused):
        someone.letter()


def test_a_lost_phone_closes_every_way_in_until_the_next_letter(nour):
    user = nour.enter()
    session = user.get_session_auth_hash()
    close_way_in(actor=None, person=nour.person, case_id=nour.case.pk, on=ON, at=AT)
    user.refresh_from_db()
    assert not user.is_active
    assert nour.enter() == user
    user.refresh_from_db()
    assert user.is_active
    assert user.get_session_auth_hash() != session  # what was open on the lost phone stays closed


def test_the_desk_hears_that_contact_is_shared_but_not_with_whom(nour, karim, adult):
    alone = adult("Tesfay", "Selam", phone="+32470000002", email="")
    assert way_in(person=nour.person).shared == ("email", "phone")
    assert way_in(person=alone.person).shared == ()


def test_a_drawn_number_is_never_that_of_another_living_code(nour, karim, monkeypatch):
    first = nour.letter()
    drawn = iter([first[:6], "111111", "222222"])
    monkeypatch.setattr("pathways.access.actions.issuing.draw", lambda _figures: next(drawn))
    code, figures = issue_code(actor=None, person=karim.person, case_id=None, on=ON, at=AT)
    assert (code.handle, figures) == ("111111", "111111222222")
