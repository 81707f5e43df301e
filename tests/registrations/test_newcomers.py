"""New people are imported in sets, and end exactly like a person and a case entered one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from pathways.cases.actions import open_case
from pathways.cases.models import Case, Decision, DecisionRecord, FactChange, Facts, SearchWord
from pathways.people.actions import create_person
from pathways.people.models import Person
from pathways.programmes.models import Office
from pathways.registrations import batches
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.newcomers import foresee_newcomers
from pathways.registrations.planning import load_rows
from tests.registrations.conftest import ON
from tests.registrations.samples import make_list

pytestmark = pytest.mark.django_db
Upload = Callable[..., ListImport]
Run = Callable[..., ListImport]
OWN = {"id", "case", "person", "public_id", "reference", "recorded_at", "national_number"}
HEAD = "national_number;last_name;first_names;birth_date;municipality"
NOUR, ALI = "85073003328;Amrani;Nour;1985-07-30;Gent", ";Haddad;Ali;1990-01-02;Gent"


def told(row: Model) -> dict[str, Any]:
    """What a row says, without what tells it from another that says the same."""
    return {name: value for name, value in model_to_dict(row).items() if name not in OWN}


def everything(case: Case) -> list[Any]:
    own = {case.reference.split("-")[-1].lstrip("0"), case.reference.replace("-", "").lower()}
    words = set(SearchWord.objects.filter(case=case).values_list("word", flat=True)) - own
    rows = [case, Person.objects.get(pk=case.person_id)]
    rows += [model.objects.get(case=case) for model in (Facts, FactChange, Decision, DecisionRecord)]
    return [*map(told, rows), words - {case.person.national_number}]


def text(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def test_a_listed_case_is_like_one_opened_by_form(
    upload: Upload, run: Run, antwerp: Office, ghent: Office, counselor: User
) -> None:
    one = run(upload(make_list(rows=40, defects=False, on=ON).csv()))
    for row in load_rows(ListRow.objects.filter(list_import=one)):
        listed = Case.objects.get(person__national_number=row.national_number)
        assert row.person_id == listed.person_id
        newcomer = replace(batches._newcomer(row), national_number=None)  # a number stands once
        by_form = open_case(
            actor=counselor,
            person=create_person(actor=counselor, newcomer=newcomer, on=ON),
            facts=batches.facts_of_row(row),
            source="municipality_list",
            evidence="list.csv",
            on=ON,
            office=ghent if row.values["municipality"] == "44021" else None,
        )
        assert everything(listed) == everything(by_form)


@pytest.mark.parametrize(
    ("rows", "created", "others"),
    [
        ((NOUR, ALI), 2, []),
        ((NOUR, NOUR.replace("85073003328", "85073003526")), 2, []),
        ((NOUR, NOUR.removeprefix("85073003328")), 0, [2, 3]),
        ((ALI, ALI.replace("Haddad;Ali", "Ali;Haddad"), NOUR), 1, [2, 3]),
    ],
)
def test_rows_that_may_be_the_same_person_are_looked_at(
    upload: Upload, rows: tuple[str, ...], created: int, others: list[int]
) -> None:
    one = upload(text(*rows))
    assert foresee_newcomers(list_id=one.pk) == (created, others)


def test_known_people_are_no_newcomers(upload: Upload, run: Run) -> None:
    run(upload(text(NOUR, ALI)))
    again = upload(text(NOUR, ALI, ALI.replace("Gent", "11002"), ALI.replace("Ali", "Omar")))
    assert foresee_newcomers(list_id=again.pk) == (1, [2, 3, 4])


def test_a_row_read_before_names_were_kept_is_looked_at(upload: Upload, run: Run) -> None:
    one = upload(text(NOUR, ALI))
    ListRow.objects.filter(list_import=one).update(names=[])
    assert foresee_newcomers(list_id=one.pk) == (0, [2, 3])
    assert run(one).counts == {"refused": 0, "created": 2}


def test_many_rows_take_as_many_queries_as_few(upload: Upload, run: Run, antwerp: Office) -> None:
    counts = []
    for first, rows in ((0, 5), (10, 40), (100, 200)):  # rule sets are parsed by the first
        one = upload(make_list(rows=rows, first=first, defects=False, on=ON).csv())
        with CaptureQueriesContext(connection) as queries:
            run(one)
        counts.append(len(queries))
    assert Case.objects.count() == 245
    assert counts[1] == counts[2] <= 80
