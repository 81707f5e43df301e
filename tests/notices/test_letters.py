"""A letter before it leaves: prepared once, approved by a team lead, cancelled with a reason, numbered at the post office."""

from __future__ import annotations

import pytest

from pathways.audit.models import JournalEntry
from pathways.notices.actions import (
    approve_letters,
    cancel_letter,
    record_registered_number,
    send_letters,
)
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter
from pathways.notices.recipients import Recipient
from tests.notices.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_the_same_key_gives_the_letter_that_is_there(letter):
    assert letter("once") == letter("once")
    assert JournalEntry.objects.filter(act="notices.prepare_letter").count() == 1


def test_a_letter_that_needs_approval_is_a_draft_and_any_other_may_be_sent(letter):
    assert (letter("a", needs_approval=True).state, letter("b").state) == ("draft", "approved")


def test_an_e_mail_without_address_becomes_a_letter_by_post(letter):
    assert letter(channel="email", recipient=Recipient(name="Nour")).channel == "post"


def test_an_unknown_way_is_refused(letter):
    with pytest.raises(LetterRefused):
        letter(channel="pigeon")


def test_a_team_lead_approves_and_a_counselor_does_not(letter, counselor, staff):
    draft = letter(needs_approval=True)
    with pytest.raises(LetterRefused):
        approve_letters(actor=counselor, letters=[draft], on=TODAY)
    lead = staff("GNT", "team_lead")
    assert approve_letters(actor=lead, letters=[draft], on=TODAY) == 1
    assert approve_letters(actor=lead, letters=[draft], on=TODAY) == 0
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by, draft.approved_on) == ("approved", lead, TODAY)


def test_a_team_lead_of_another_office_approves_nothing(letter, staff):
    with pytest.raises(LetterRefused):
        approve_letters(actor=staff("ANT", "team_lead"), letters=[letter(needs_approval=True)], on=TODAY)


def test_a_draft_is_not_sent(letter, counselor):
    (job,) = send_letters(actor=counselor, letters=[letter(needs_approval=True)], on=TODAY)
    assert job.items.get().state == "refused"
    assert Letter.objects.get().state == "draft"


def test_a_letter_is_cancelled_with_a_reason_and_never_after_it_left(letter, counselor):
    one = letter()
    with pytest.raises(LetterRefused):
        cancel_letter(actor=counselor, letter=one, reason=" ", on=TODAY)
    assert cancel_letter(actor=counselor, letter=one, reason="Moved", on=TODAY).state == "cancelled"
    other = letter("other")
    send_letters(actor=counselor, letters=[other], on=TODAY)
    with pytest.raises(LetterRefused):
        cancel_letter(actor=counselor, letter=other, reason="Moved", on=TODAY)


def test_a_cancelled_letter_is_not_sent(letter, counselor):
    one = letter()
    cancel_letter(actor=counselor, letter=one, reason="Moved", on=TODAY)
    (job,) = send_letters(actor=counselor, letters=[one], on=TODAY)
    assert job.items.get().state == "refused"


def test_only_a_registered_letter_has_a_number(letter, counselor):
    one = record_registered_number(actor=counselor, letter=letter(channel="registered"), number="rr 123 be", on=TODAY)
    assert one.registered_number == "RR123BE"
    with pytest.raises(LetterRefused):
        record_registered_number(actor=counselor, letter=letter("post"), number="RR1", on=TODAY)


def test_letters_are_seen_in_their_office_alone(letter, counselor, staff):
    letter()
    assert Letter.objects.visible_to(counselor, on=TODAY).count() == 1
    assert not Letter.objects.visible_to(staff("ANT"), on=TODAY).exists()


def test_the_journal_of_a_case_shows_its_letters(letter, new_case):
    case = new_case()
    letter(case_reference=case.reference)
    entry = JournalEntry.objects.get(act="notices.prepare_letter")
    assert entry.case_id == case.pk
    assert "Nour" not in str(entry.details)
