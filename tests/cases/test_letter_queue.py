"""What the queue of letters does to cases: the invitation when it is sent; terms of which people are reminded once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from pathways.cases.actions import close_case, record_first_contact
from pathways.cases.letters.reminding import DAYS_BEFORE, compose_reminder, reminder_texts
from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case, CaseDocument, Decision
from pathways.notices.actions import cancel_letter, send_letters, send_reminders
from pathways.notices.models import Letter
from tests.cases.conftest import TODAY

pytestmark = pytest.mark.django_db


def invited(case):
    case.refresh_from_db()
    return case.invited_on, CaseDocument.objects.filter(case=case).count()


def test_an_invitation_counts_from_the_day_it_is_sent(new_case, counselor):
    case = new_case()
    letter = write_invitation(actor=counselor, case=case, on=TODAY)
    assert invited(case) == (None, 0)
    later = TODAY + dt.timedelta(days=2)
    send_letters(actor=counselor, letters=[letter], on=later)
    assert invited(case) == (later, 1)


def test_one_invitation_waits_at_a_time(new_case, counselor):
    case = new_case()
    first = write_invitation(actor=counselor, case=case, on=TODAY)
    assert write_invitation(actor=counselor, case=case, on=TODAY + dt.timedelta(days=3)) == first
    cancel_letter(actor=counselor, letter=first, reason="Wrong address", on=TODAY)
    second = write_invitation(actor=counselor, case=case, on=TODAY)
    send_letters(actor=counselor, letters=[second], on=TODAY)
    assert write_invitation(actor=counselor, case=case, on=TODAY) == second
    assert write_invitation(actor=counselor, case=case, on=TODAY + dt.timedelta(days=1)) not in (first, second)


def test_an_invitation_of_a_closed_case_is_not_sent(new_case, counselor):
    case = new_case()
    letter = write_invitation(actor=counselor, case=case, on=TODAY)
    close_case(actor=counselor, case=case, reason="emigrated", on=TODAY)
    send_letters(actor=counselor, letters=[letter], on=TODAY)
    letter.refresh_from_db()
    assert (letter.state, invited(case)) == ("approved", (None, 0))


def due_in(case, days):
    due_on = TODAY + dt.timedelta(days=days)
    Decision.objects.filter(pk=case.pk).update(next_due="first_contact", next_due_on=due_on)
    return Case.objects.select_related("person", "office", "decision").get(pk=case.pk)


def test_a_term_is_reminded_of_once_though_beat_was_down_for_days(new_case, person):
    due_in(new_case(person(email="nour@post.example")), DAYS_BEFORE)
    for days in (3, 3, 4, 5):
        send_reminders(on=TODAY + dt.timedelta(days=days))
    assert len(mail.outbox) == 1
    assert Letter.objects.get().state == "sent"


def test_nobody_is_reminded_too_early_or_too_late(new_case):
    due_in(new_case(), DAYS_BEFORE)
    send_reminders(on=TODAY - dt.timedelta(days=1))
    send_reminders(on=TODAY + dt.timedelta(days=DAYS_BEFORE + 1))
    assert not Letter.objects.exists()


def test_without_an_e_mail_address_the_reminder_waits_to_be_printed(new_case):
    due_in(new_case(), 5)
    send_reminders(on=TODAY)
    letter = Letter.objects.get()
    assert (letter.channel, letter.state, letter.prepared_by) == ("post", "approved", None)


def test_a_reminder_is_not_sent_once_its_term_is_met(new_case, counselor):
    case = due_in(new_case(), 5)
    send_reminders(on=TODAY)
    record_first_contact(actor=counselor, case=case, office_registered_on=TODAY, on=TODAY)
    (job,) = send_letters(actor=counselor, letters=Letter.objects.all(), on=TODAY)
    assert job.items.get().state == "refused"


def keys(value, path=""):
    if isinstance(value, dict):
        return {place for key, inner in value.items() for place in keys(inner, f"{path}/{key}")}
    return {path}


@pytest.mark.parametrize("language", sorted(reminder_texts()))
def test_every_language_has_every_sentence_of_the_reminder(language, new_case):
    assert keys(reminder_texts()[language]) == keys(reminder_texts()["en"])
    data = compose_reminder(case=due_in(new_case(), 5), on=TODAY, spoken=language)
    assert (data["translation"] is None) == (language == "nl")
    assert "{" not in str((data["translation"] or data["legal"])["paragraphs"])
