"""Messages: each side in its language, the original stays, what waits for whom, and a translator that never pretends."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from pathways.audit.models import JournalEntry
from pathways.base.clock import now
from pathways.cases.actions import close_case
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.correspondence.actions import read_messages, settle_messages, translate_message, write_message
from pathways.correspondence.models import Message
from pathways.correspondence.queries import conversation_of_case, conversation_of_person, own_paper, unread_for
from pathways.documents.uploads import Upload
from pathways.work.queries import tasks_of
from tests.correspondence.conftest import TODAY

PAPER = Upload("proof.jpg", "image/jpeg", b"\xff\xd8\xff")


def write(actor, case, text="مرحبا", language="ar", **more):
    return write_message(actor=actor, case=case, text=text, language=language, on=TODAY, **more)


def tasks(case):
    found = Case.objects.select_related("decision").get(pk=case.pk)
    return {task.cause.code: task.due_on for task in tasks_of(case=found, on=TODAY)}


def test_each_side_writes_in_its_own_language_and_the_original_stays(case, nour, counselor):
    asked = write(nour.user, case)
    write(counselor, case, "Dag Nour", "nl")
    read = [(one.side, one.author_role, one.language, one.text) for one in conversation_of_case(case)]
    assert read == [("person", "newcomer", "ar", "مرحبا"), ("office", "counselor", "nl", "Dag Nour")]
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Message.objects.filter(pk=asked.pk).update(text="something else")
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        Message.objects.filter(pk=asked.pk).delete()


def test_who_wrote_keeps_the_role_of_that_day(case, staff):
    lead = staff("GNT", "team_lead")
    message = write(lead, case, "Good morning", "en")
    lead.memberships.all().delete()
    message.refresh_from_db()
    assert message.author_role == "team_lead"


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_message_is_refused(case, nour, text):
    with pytest.raises(ActRefused, match="write a message"):
        write(nour.user, case, text)


def test_an_empty_message_is_no_row_either(case, nour):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            case=case, side="person", author=nour.user, author_role="newcomer", language="ar", text="", written_on=TODAY
        )


def test_nobody_writes_in_a_closed_case_but_everything_can_be_read(case, nour, counselor):
    write(nour.user, case)
    close_case(actor=counselor, case=case, reason="emigrated", on=TODAY)
    with pytest.raises(ActRefused, match="closed"):
        write(nour.user, case)
    assert len(conversation_of_person(nour)) == 1


def test_what_a_newcomer_writes_is_a_task_until_the_office_answers(case, nour, counselor):
    write(nour.user, case)
    assert (tasks(case)["answer_message"] - TODAY).days == 3
    write(counselor, case, "Dag", "nl")
    assert "answer_message" not in tasks(case)


def test_what_needs_no_answer_is_no_task(case, nour, counselor):
    write(nour.user, case, "Thank you")
    assert settle_messages(actor=counselor, case=case, on=TODAY) == 1
    assert settle_messages(actor=counselor, case=case, on=TODAY) == 0
    assert "answer_message" not in tasks(case)


def test_unread_counts_what_the_other_side_wrote(case, nour, counselor):
    write(nour.user, case)
    for _time in range(2):
        write(counselor, case, "Dag", "nl")
    assert unread_for(nour) == 2
    assert read_messages(actor=nour.user, case=case, at=now()) == 2
    assert unread_for(nour) == 0
    assert Message.objects.of_person().unread().count() == 1
    read_messages(actor=counselor, case=case, at=now())
    assert not Message.objects.unread().exists()


def test_the_journal_knows_that_somebody_wrote_and_not_what(case, nour):
    write(nour.user, case, "my secret", "en")
    entry = JournalEntry.objects.get(act="correspondence.write_person")
    assert entry.case_id == case.pk
    assert "secret" not in str(entry.details)


def test_files_come_with_a_message_and_belong_to_its_person(case, nour, amira, new_case, counselor):
    new_case(amira)
    (paper,) = write(nour.user, case, papers=[PAPER]).papers.all()
    public_id = paper.document.public_id
    assert own_paper(nour, public_id) == paper.document
    assert own_paper(amira, public_id) is None


def test_a_conversation_takes_a_fixed_number_of_queries(case, nour, counselor, django_assert_num_queries):
    for _time in range(3):
        write(nour.user, case, papers=[PAPER])
        write(counselor, case, "Dag", "nl", papers=[PAPER])
    with django_assert_num_queries(3):
        for one in conversation_of_case(case):
            [paper.document.name for paper in one.papers.all()]
            list(one.translations.all())
            str(one.author)


# --- Translation ------------------------------------------------------------------------------------------------------


class Upper:
    """A translator for tests: it shouts."""

    name = "Shouter 1"
    asked = 0

    def translate(self, text, *, source, target):
        Upper.asked += 1
        return f"{target}: {text.upper()}"


class Down:
    """A translator that cannot be reached."""

    name = "Down"

    def translate(self, text, *, source, target):
        raise TimeoutError


def test_without_a_translator_nothing_is_translated(case, nour, counselor):
    message = write(nour.user, case, "hallo", "de")
    with pytest.raises(ActRefused, match="no translator"):
        translate_message(actor=counselor, message=message, language="nl", on=TODAY)


def test_a_translation_stands_beside_the_original_and_names_its_maker(case, nour, counselor, settings):
    settings.TRANSLATOR, Upper.asked = f"{__name__}.Upper", 0
    message = write(nour.user, case, "hallo", "de")
    translate_message(actor=counselor, message=message, language="nl", on=TODAY)
    made = translate_message(actor=counselor, message=message, language="nl", on=TODAY)
    message.refresh_from_db()
    assert (message.text, made.text, made.engine, Upper.asked) == ("hallo", "nl: HALLO", "Shouter 1", 1)


def test_a_translator_that_fails_is_said_to_fail(case, nour, counselor, settings):
    settings.TRANSLATOR = f"{__name__}.Down"
    message = write(nour.user, case, "hallo", "de")
    with pytest.raises(ActRefused, match="does not work now"):
        translate_message(actor=counselor, message=message, language="nl", on=TODAY)
    assert not message.translations.exists()


def test_open_messages_are_found_along_an_index(case):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'correspondence_message'")
        names = {row[0] for row in cursor.fetchall()}
    assert {"message_case", "message_to_answer", "message_unread", "message_to_tell"} <= names
