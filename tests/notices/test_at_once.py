"""Two workers, or two people, take the same letters at the same moment: each leaves once."""

from __future__ import annotations

import pytest
from django.core import mail

from pathways.notices.actions import request_job, run_job, send_reminders
from pathways.notices.models import Letter, LetterJob
from tests.cases.test_at_once import at_once
from tests.notices.conftest import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def ask(letters, counselor):
    ids = [str(one.public_id) for one in letters]
    return request_job(actor=counselor, office=letters[0].office, act="send", subjects=ids, language="en", on=TODAY)


def test_two_workers_on_one_job_send_each_letter_once(letter, counselor, told):
    letters = [letter(f"k{number}", channel="email") for number in range(12)]
    job = ask(letters, counselor)
    at_once(lambda: run_job(job_id=job.pk), lambda: run_job(job_id=job.pk))
    run_job(job_id=job.pk)
    assert len(mail.outbox) == 12
    assert set(told.values()) == {1}
    assert LetterJob.objects.get().state == "done"


def test_two_jobs_with_the_same_letters_send_each_once(letter, counselor, told):
    letters = [letter(f"k{number}", channel="email" if number % 2 else "post") for number in range(12)]
    one, other = ask(letters, counselor), ask(letters[::-1], counselor)
    at_once(lambda: run_job(job_id=one.pk), lambda: run_job(job_id=other.pk))
    assert len(mail.outbox) == 6
    assert (len(told), set(told.values())) == (12, {1})
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_reminders_run_twice_at_once_leave_once(letter, told):
    for number in range(6):
        letter(f"k{number}", channel="email", automatic=True)
    at_once(lambda: send_reminders(on=TODAY), lambda: send_reminders(on=TODAY))
    assert len(mail.outbox) == 6
    assert set(told.values()) == {1}


def test_the_same_letter_prepared_twice_at_once_is_one(letter):
    first, second = at_once(lambda: letter("same"), lambda: letter("same"))
    assert first == second
