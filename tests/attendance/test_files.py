"""Marks from a file: read in four languages, refused row by row with the reason, and sent again without effect."""

from __future__ import annotations

import pytest

from pathways.attendance.actions import import_presences
from pathways.attendance.files import example_file, plan_file, rows_of_data
from pathways.attendance.letters.sheet import sign_in_sheet
from pathways.attendance.models import Presence
from pathways.base.clock import now
from tests.attendance.conftest import DAYS, TODAY

HEAD = "Referentie;Datum;Aanwezigheid;Minuten te laat;Reden\n"


def lines(enrolment, *rows: str) -> bytes:
    return (HEAD + "".join(row.replace("REF", enrolment.case.reference) + "\n" for row in rows)).encode()


@pytest.fixture
def one(enrolled):
    return enrolled()


def test_a_file_is_foreseen_recorded_and_unchanged_the_second_time(one) -> None:
    content = lines(one, "REF;02/03/2026;Te laat;10;", "REF;2026-03-03;afwezig;;ziek", "REF;4-3-2026;P;;")
    plan = plan_file(one.course, content, on=TODAY)
    assert (plan.counts["new"], plan.problems) == (3, [])
    assert not Presence.objects.exists()
    import_presences(actor=None, course=one.course, rows=rows_of_data(plan.to_data()), on=DAYS[-1])
    marks = Presence.objects.order_by("session__starts_at").values_list("state", "minutes_attended", "source")
    assert list(marks) == [("late", 50, "import"), ("absent", 0, "import"), ("present", 60, "import")]
    again = plan_file(one.course, content, on=TODAY)
    assert again.counts["unchanged"] == 3
    assert not import_presences(actor=None, course=one.course, rows=again.rows, on=TODAY).saved


@pytest.mark.parametrize(
    "row",
    [
        "XX-1;2026-03-02;P;;",
        "REF;2026-03-20;P;;",
        "REF;2025-03-02;P;;",
        "REF;2026-03-02;misschien;;",
        "REF;vandaag;P;;",
    ],
)
def test_a_row_that_cannot_be_recorded_is_refused_with_its_number(one, row) -> None:
    plan = plan_file(one.course, lines(one, "REF;2026-03-04;P;;", row), on=TODAY)
    assert [number for number, _sentence in plan.problems] == [3]
    assert plan.counts == {"new": 1, "refused": 1}


def test_the_same_person_and_session_twice_is_refused(one) -> None:
    plan = plan_file(one.course, lines(one, "REF;2026-03-02;P;;", "REF;2026-03-02;A;;"), on=TODAY)
    assert plan.counts == {"new": 1, "refused": 1}


def test_a_locked_mark_is_not_changed_by_a_file(one) -> None:
    content = lines(one, "REF;2026-03-02;P;;")
    import_presences(actor=None, course=one.course, rows=plan_file(one.course, content, on=TODAY).rows, on=TODAY)
    assert plan_file(one.course, lines(one, "REF;2026-03-02;A;;"), on=TODAY).counts == {"refused": 1}


def test_missing_columns_are_named(one) -> None:
    plan = plan_file(one.course, b"Naam;Datum\nX;2026-03-02\n", on=TODAY)
    assert plan.problems[0][0] == 1
    assert not plan.rows


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_example_of_a_course_can_be_filled_in(one, kind) -> None:
    assert plan_file(one.course, example_file(one.course, kind=kind, on=TODAY), on=TODAY).counts == {"refused": 1}


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en", "ar"])
def test_the_sign_in_sheet_is_a_paper_in_each_language(one, language) -> None:
    session = one.course.sessions.first()
    assert sign_in_sheet(session, language=language, made_at=now()).startswith(b"%PDF")
