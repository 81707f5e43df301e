"""Reads about people: who is probably the same person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Lower

from pathways.people.models import Person
from pathways.people.names import LONGEST, fold


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody about to be created; `key` finds the answer again, `variants` are `name_variants` of the name."""

    key: int
    variants: tuple[str, ...]
    birth_date: dt.date


def name_variants(last_name: str, first_names: str) -> tuple[str, ...]:
    """Folded names under which the same person may be known: swapped, or with the first of the first names only.

    Each once, and the person's own `folded_name` first.
    """
    last, first = fold(last_name), fold(first_names)
    if not first:
        return (last[:LONGEST],)
    lone = first.split(" ", maxsplit=1)[0]
    names = [f"{last} {first}", f"{first} {last}"]
    if lone != first:
        names += [f"{last} {lone}", f"{lone} {last}"]
    return tuple(dict.fromkeys(name.strip()[:LONGEST] for name in names))


def find_duplicates(candidates: Iterable[Candidate]) -> dict[int, list[int]]:
    """For each candidate's key the ids of people with its birth date and a variant of its name; one query for all."""
    wanted = [(one.key, name, one.birth_date) for one in candidates for name in one.variants]
    found: dict[int, list[int]] = {}
    if not wanted:
        return found
    keys, names, dates = zip(*wanted, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT wanted.key, person.id"
            " FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS wanted (key, name, birth_date)"
            " JOIN people_person person ON person.folded_name = wanted.name AND person.birth_date = wanted.birth_date"
            " ORDER BY 1, 2",
            [list(keys), list(names), list(dates)],
        )
        for key, person_id in cursor.fetchall():
            found.setdefault(key, []).append(person_id)
    return found


def is_shared_mailbox(email: str) -> bool:
    """Whether two people have this e-mail address: what is written to one of them must not go there. One query."""
    sharing = Person.objects.exclude(email="").alias(low=Lower("email")).filter(low=email.strip().lower())
    return sharing[:2].count() > 1


def probable_duplicates(*, last_name: str, first_names: str, birth_date: dt.date) -> QuerySet[Person]:
    """People who may be the one about to be created: same birth date, same name in one of its variants."""
    return Person.objects.filter(folded_name__in=name_variants(last_name, first_names), birth_date=birth_date).order_by(
        "pk"
    )
