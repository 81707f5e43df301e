"""Letters leave at most once: by e-mail with the paper, or as one paper to print; a killed worker loses nothing."""

from __future__ import annotations

import io
import smtplib

import pytest
from django.core import mail
from pypdf import PdfReader

from pathways.base.clock import now
from pathways.documents.actions import store_document
from pathways.notices.actions import (
    expire_papers,
    request_job,
    restart_job,
    run_job,
    send_letters,
    sending,
    settle_doubtful,
)
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter, LetterJob
from pathways.notices.queries import STUCK_AFTER, item_counts, stuck_jobs
from tests.notices.conftest import TODAY

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for the end of the process: no handler of the application catches it."""


def ask(letters, counselor, act="send", **params):
    ids = [str(one.public_id) for one in letters]
    return request_job(
        actor=counselor, office=letters[0].office, act=act, subjects=ids, language="en", on=TODAY, params=params
    )


def states():
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_an_e_mail_brings_the_paper_in_both_languages(letter, counselor, told):
    one = letter(channel="email")
    send_letters(actor=counselor, letters=[one], on=TODAY)
    (message,) = mail.outbox
    assert message.to == ["nour@post.example"]
    assert "هذه رسالة" in message.body
    assert "Hierbij krijgt u een brief" in message.body
    assert message.attachments[0][1].startswith(b"%PDF")
    assert str(one.public_id) in message.extra_headers["Message-ID"]
    assert told == {"key": 1}
    one.refresh_from_db()
    assert (one.state, one.sent_on, one.sent_by) == ("sent", TODAY, counselor)


def test_letters_by_post_become_one_paper_each_on_a_sheet_of_its_own(letter, counselor, told):
    letters = [letter(key) for key in "abc"]
    (job,) = send_letters(actor=counselor, letters=letters, on=TODAY)
    reader = PdfReader(io.BytesIO(bytes(job.document.content)))
    assert (len(reader.pages), len(reader.outline), job.state) == (6, 3, "done")
    assert states() == ["sent"] * 3
    assert told == {"a": 1, "b": 1, "c": 1}


def test_a_letter_is_sent_once_however_often_it_is_asked(letter, counselor, told):
    one = letter(channel="email")
    send_letters(actor=counselor, letters=[one], on=TODAY)
    (again,) = send_letters(actor=counselor, letters=[one], on=TODAY)
    run_job(job_id=again.pk)
    assert (len(mail.outbox), told["key"]) == (1, 1)
    assert again.items.get().state == "refused"


def test_a_mail_server_that_refuses_gives_the_letter_back(letter, counselor, monkeypatch):
    def refuse(_letter):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(sending, "mail_of", refuse)
    (job,) = send_letters(actor=counselor, letters=[letter(channel="email")], on=TODAY)
    one = Letter.objects.get()
    assert (one.state, job.items.get().state, bool(one.failure)) == ("approved", "refused", True)


def test_a_connection_that_broke_leaves_the_letter_in_doubt_until_a_person_says_so(
    letter, counselor, monkeypatch, told
):
    def lose(_letter):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(sending, "mail_of", lose)
    one = letter(channel="email")
    send_letters(actor=counselor, letters=[one], on=TODAY)
    assert states() == ["sending"]
    settle_doubtful(actor=counselor, letter=one, sent=True, on=TODAY)
    settle_doubtful(actor=counselor, letter=one, sent=True, on=TODAY)
    assert (states(), told["key"]) == (["sent"], 1)
    with pytest.raises(LetterRefused):
        settle_doubtful(actor=counselor, letter=one, sent=False, on=TODAY)


def test_a_letter_in_doubt_that_did_not_leave_may_be_sent_again(letter, counselor, monkeypatch):
    monkeypatch.setattr(sending, "mail_of", lambda _letter: (_ for _ in ()).throw(TimeoutError()))
    one = letter(channel="email")
    send_letters(actor=counselor, letters=[one], on=TODAY)
    monkeypatch.undo()
    settle_doubtful(actor=counselor, letter=one, sent=False, on=TODAY)
    send_letters(actor=counselor, letters=[one], on=TODAY)
    assert (states(), len(mail.outbox)) == (["sent"], 1)


def test_a_worker_killed_while_mailing_never_sends_that_letter_again(letter, counselor, monkeypatch):
    letters = [letter(key, channel="email") for key in "abc"]
    job = ask(letters, counselor)
    real, calls = sending.finish_claimed, []

    def die(*args):
        calls.append(args)
        if len(calls) == 2:
            raise Killed
        return real(*args)

    monkeypatch.setattr(sending, "finish_claimed", die)
    with pytest.raises(Killed):
        run_job(job_id=job.pk)
    run_job(job_id=job.pk)
    assert len(mail.outbox) == 3
    assert states() == ["sent", "sending", "sent"]
    assert item_counts(job)["doubtful"] == 1


def test_a_worker_killed_while_printing_leaves_one_paper_and_the_rest_is_marked(letter, counselor, monkeypatch, told):
    job = ask([letter(key) for key in "abc"], counselor)
    real, calls = sending.finish_claimed, []

    def die(*args):
        calls.append(args)
        if len(calls) == 2:
            raise Killed
        return real(*args)

    monkeypatch.setattr(sending, "finish_claimed", die)
    with pytest.raises(Killed):
        run_job(job_id=job.pk)
    job.refresh_from_db()
    paper = job.document_id
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (states(), job.document_id, job.state) == (["sent"] * 3, paper, "done")
    assert told == {"a": 1, "b": 1, "c": 1}


def test_a_job_that_nobody_does_is_found_after_two_minutes(letter, counselor):
    job = ask([letter()], counselor)
    assert stuck_jobs(at=now()) == []
    assert stuck_jobs(at=now() + 2 * STUCK_AFTER) == [job.pk]


def test_a_job_that_kills_its_workers_stops_and_can_be_started_again(letter, counselor):
    job = ask([letter()], counselor)
    LetterJob.objects.filter(pk=job.pk).update(attempts=3)
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    restart_job(actor=counselor, job=job, on=TODAY)
    run_job(job_id=job.pk)
    assert states() == ["sent"]


def test_a_paper_that_is_no_pdf_stays_behind_and_the_others_go(letter, counselor):
    broken = store_document(actor=None, name="x.pdf", media_type="application/pdf", direction="out", content=b"no")
    (job,) = send_letters(actor=counselor, letters=[letter("a"), letter("b", document=broken)], on=TODAY)
    assert states() == ["sent", "approved"]
    assert len(PdfReader(io.BytesIO(bytes(job.document.content))).pages) == 2


def test_what_a_kind_forbids_is_not_sent(letter, counselor, monkeypatch):
    def forbid(_letter, _on):
        raise LetterRefused("The case is closed.")

    monkeypatch.setattr(sending.hooks, "_before", {"test_letter": forbid})
    (job,) = send_letters(actor=counselor, letters=[letter()], on=TODAY)
    assert (states(), job.items.get().message) == (["approved"], "The case is closed.")


def test_many_are_cancelled_and_approved_by_a_job(letter, counselor, staff):
    job = ask([letter("a"), letter("b")], counselor, "cancel", reason="Moved")
    run_job(job_id=job.pk)
    assert states() == ["cancelled"] * 2
    draft = letter("c", needs_approval=True)
    with pytest.raises(LetterRefused):
        ask([draft], counselor, "approve")
    run_job(job_id=ask([draft], staff("GNT", "team_lead"), "approve").pk)
    assert states()[-1] == "approved"


def test_merged_papers_are_forgotten_after_a_month(letter, counselor):
    (job,) = send_letters(actor=counselor, letters=[letter()], on=TODAY)
    assert expire_papers(at=now()) == 0
    assert expire_papers(at=now() + 31 * (STUCK_AFTER * 720)) == 1
    job.refresh_from_db()
    assert job.document is None
