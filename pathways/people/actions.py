"""Every write about identity and contact. The journal tells which fields changed, never what they hold."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from pathways.audit.actions import record_act
from pathways.audit.models import JournalEntry
from pathways.base.arrays import among
from pathways.people.models import Person
from pathways.people.names import folded_name

CONTACT_FIELDS = ("contact_language", "email", "phone", "street", "postal_code", "city")
IDENTITY_FIELDS = ("last_name", "first_names", "birth_date", "sex", "national_number")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to be created; blank contact data are not known."""

    last_name: str
    first_names: str
    birth_date: dt.date | None
    sex: str = ""
    national_number: str | None = None
    contact_language: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""


@transaction.atomic
def create_person(*, actor: User | None, newcomer: Newcomer, on: dt.date) -> Person:
    """Create one person. A national number already known violates `person_national_number_once`: look before."""
    values = {field: getattr(newcomer, field) for field in (*IDENTITY_FIELDS, *CONTACT_FIELDS)}
    values["national_number"] = newcomer.national_number or None
    person = Person.objects.create(**values, folded_name=folded_name(newcomer.last_name, newcomer.first_names))
    record_act(actor=actor, act="people.create_person", subject=str(person.public_id), details={"on": on.isoformat()})
    return person


@transaction.atomic
def create_people(*, actor: User | None, newcomers: Sequence[Newcomer], on: dt.date) -> list[int]:
    """Create many people by COPY; their ids, in the order given. One journal entry tells how many."""
    if not newcomers:
        return []
    columns = (*IDENTITY_FIELDS, *CONTACT_FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id')), now() FROM generate_series(1, %s)",
            [len(newcomers)],
        )
        rows = cursor.fetchall()
        ids, at = [row[0] for row in rows], rows[0][1]
        with cursor.copy(
            f"COPY people_person (id, public_id, folded_name, created_at, updated_at, {', '.join(columns)}) FROM STDIN"
        ) as copy:
            for person_id, new in zip(ids, newcomers, strict=True):
                copy.write_row(
                    (
                        person_id,
                        uuid.uuid4(),
                        folded_name(new.last_name, new.first_names),
                        at,
                        at,
                        new.last_name,
                        new.first_names,
                        new.birth_date,
                        new.sex,
                        new.national_number or None,
                        new.contact_language,
                        new.email,
                        new.phone,
                        new.street,
                        new.postal_code,
                        new.city,
                    )
                )  # fmt: skip  the order of the columns above
    record_act(actor=actor, act="people.create_people", details={"on": on.isoformat(), "count": len(ids)})
    return ids


def _changed(person: Person, changes: Mapping[str, Any], allowed: tuple[str, ...]) -> list[str]:
    """Set `changes` on `person`; the fields that really differ."""
    unknown = set(changes) - set(allowed)
    if unknown:
        raise TypeError(f"not to be changed here: {', '.join(sorted(unknown))}")
    fields = [field for field, value in changes.items() if getattr(person, field) != value]
    for field in fields:
        setattr(person, field, changes[field])
    return fields


@transaction.atomic
def update_contact(
    *, actor: User | None, person: Person, changes: Mapping[str, str], on: dt.date, case_id: int | None = None
) -> list[str]:
    """Change contact data of `person`; the fields that changed. Nothing is written if none did."""
    fields = _changed(person, changes, CONTACT_FIELDS)
    if fields:
        person.save(update_fields=[*fields, "updated_at"])
        record_act(
            actor=actor, act="people.update_contact", case_id=case_id, subject=str(person.public_id),
            details={"on": on.isoformat(), "fields": fields},
        )  # fmt: skip
    return fields


@transaction.atomic
def correct_identity(
    *, actor: User | None, person: Person, changes: Mapping[str, Any], on: dt.date, case_id: int | None = None
) -> list[str]:
    """Mend name, birth date, sex or national number; the fields that changed.

    Whoever calls this on a person with cases also mends the search index (`cases.actions.index_cases`) and the facts.
    """
    fields = _changed(person, changes, IDENTITY_FIELDS)
    if fields:
        person.folded_name = folded_name(person.last_name, person.first_names)
        person.save(update_fields=[*fields, "folded_name", "updated_at"])
        record_act(
            actor=actor, act="people.correct_identity", case_id=case_id, subject=str(person.public_id),
            details={"on": on.isoformat(), "fields": fields},
        )  # fmt: skip
    return fields


@transaction.atomic
def update_contacts(
    *, actor: User | None, contact_of: Mapping[int, Mapping[str, str]], case_of: Mapping[int, int], on: dt.date
) -> set[int]:
    """Change contact data of many people, `{person id: {field: value}}`; the ids of those that really changed.

    A blank value leaves what is known. Each changed person gets a journal entry under the case in `case_of`.
    """
    known = {
        person.pk: person
        for person in Person.objects.filter(pk__in=among(contact_of)).select_for_update().order_by("pk")
    }
    changed: dict[int, list[str]] = {}
    for person_id, person in known.items():
        wanted = {field: value for field, value in contact_of[person_id].items() if value}
        if fields := _changed(person, wanted, CONTACT_FIELDS):
            changed[person_id] = fields
    _write_contacts([known[person_id] for person_id in changed])
    JournalEntry.objects.bulk_create(
        JournalEntry(
            actor=actor,
            act="people.update_contact",
            case_id=case_of.get(person_id),
            subject=str(known[person_id].public_id),
            details={"on": on.isoformat(), "fields": fields},
        )
        for person_id, fields in changed.items()
    )
    return set(changed)


def _write_contacts(people: Sequence[Person]) -> None:
    """One UPDATE for all of `people`: `bulk_update` builds a CASE per field and grows with the square of the rows."""
    if not people:
        return
    assignments = ", ".join(f"{field} = new.{field}" for field in CONTACT_FIELDS)
    arrays = ", ".join("%s::text[]" for _ in CONTACT_FIELDS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_person AS person SET {assignments}, updated_at = now()"  # noqa: S608  names of columns, above
            f" FROM unnest(%s::bigint[], {arrays}) AS new (id, {', '.join(CONTACT_FIELDS)})"
            " WHERE person.id = new.id",
            [
                [person.pk for person in people],
                *([getattr(person, field) for person in people] for field in CONTACT_FIELDS),
            ],
        )


@transaction.atomic
def connect_user(*, actor: User | None, person: Person, user: User, on: dt.date) -> None:
    """Give a person their sign-in: from now on `user` sees this person's own pathway."""
    person.user = user
    person.save(update_fields=["user", "updated_at"])
    record_act(actor=actor, act="people.connect_user", subject=str(person.public_id), details={"on": on.isoformat()})
