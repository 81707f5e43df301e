"""Somebody without a national number may be known: a person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import User
from pathways.cases.models import Case, Facts
from pathways.people.actions import Newcomer, create_person
from pathways.people.models import Person
from pathways.registrations.actions import decide_duplicate
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.queries import duplicate_rows, people_of_duplicate
from tests.registrations.conftest import ON

pytestmark = pytest.mark.django_db
Upload = Callable[..., ListImport]
Run = Callable[[ListImport], ListImport]

HEAD = b"national_number;last_name;first_names;birth_date;municipality;permit_type;email\n"
BORN = dt.date(1985, 7, 30)
ROW = b";Amrani;Nour;1985-07-30;Gent;A;nour@example.org"


@pytest.fixture
def known() -> Person:
    return create_person(actor=None, newcomer=Newcomer("El Amrani".removeprefix("El "), "Nour", BORN), on=ON)


def waiting(one: ListImport) -> ListRow:
    return ListRow.objects.get(list_import=one, state="duplicate")


@pytest.mark.parametrize(
    "row",
    [ROW, ROW.replace(b"Amrani;Nour", b"NOUR;Amrani"), ROW.replace(b"Nour", b"Nour Fatima"), b"85073003328" + ROW],
)
def test_same_name_and_birth_date_wait_for_a_person(known: Person, upload: Upload, run: Run, row: bytes) -> None:
    one = upload(HEAD + row)
    assert one.expected["duplicate"] == 1
    run(one)
    assert one.counts["refused"] == 0
    assert waiting(one).person is None
    assert Person.objects.count() == 1
    assert [found.people for found in duplicate_rows(one)] == [[known]]


@pytest.mark.parametrize("row", [ROW.replace(b"1985-07-30", b"1985-07-31"), ROW.replace(b"Amrani", b"Haddad")])
def test_another_name_or_birth_date_is_another_person(known: Person, upload: Upload, run: Run, row: bytes) -> None:
    run(upload(HEAD + row))
    assert Person.objects.count() == 2


def test_two_national_numbers_are_two_people(upload: Upload, run: Run) -> None:
    create_person(actor=None, newcomer=Newcomer("Amrani", "Nour", BORN, "M", "85073003526"), on=ON)
    run(upload(HEAD + b"85073003328" + ROW))
    assert Person.objects.count() == 2


def test_the_same_person_is_updated(known: Person, upload: Upload, run: Run, counselor: User) -> None:
    one = run(upload(HEAD + b"85073003328" + ROW))
    row = decide_duplicate(actor=counselor, row=waiting(one), person=known, on=ON)
    known.refresh_from_db()
    assert (row.state, row.person, row.decision) == ("updated", known, "same")
    assert (known.national_number, known.email) == ("85073003328", "nour@example.org")
    assert Facts.objects.get(case__person=known).permit_type == "A"
    one.refresh_from_db()
    assert (one.counts["duplicate"], one.counts["updated"]) == (0, 1)


def test_another_person_is_created(known: Person, upload: Upload, run: Run, counselor: User) -> None:
    row = decide_duplicate(actor=counselor, row=waiting(run(upload(HEAD + ROW))), person=None, on=ON)
    assert (row.state, row.decision) == ("created", "different")
    assert Person.objects.count() == 2
    assert Case.objects.get().person == row.person


@pytest.mark.parametrize("same", [True, False])
def test_a_decision_is_remembered_when_the_list_comes_again(
    known: Person, upload: Upload, run: Run, counselor: User, same: bool
) -> None:
    decide_duplicate(actor=counselor, row=waiting(run(upload(HEAD + ROW))), person=known if same else None, on=ON)
    again = run(upload(HEAD + ROW))
    assert again.counts == {"refused": 0, "unchanged": 1}


def test_deciding_twice_changes_nothing(known: Person, upload: Upload, run: Run, counselor: User) -> None:
    row = waiting(run(upload(HEAD + ROW)))
    for _ in range(2):
        decide_duplicate(actor=counselor, row=row, person=None, on=ON)
    assert Person.objects.count() == 2


def test_two_alike_in_one_list_are_not_both_created_unseen(upload: Upload, run: Run) -> None:
    one = run(upload(HEAD + ROW + b"\n" + ROW.replace(b";A;", b";F;")))
    assert one.counts == {"refused": 0, "created": 1, "duplicate": 1}
    assert people_of_duplicate(waiting(one)) == [Person.objects.get()]
