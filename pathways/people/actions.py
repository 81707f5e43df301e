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


@transaction.atomic
def create_people_of(*, actor: User | None, newcomers: str, on: dt.date) -> int:
    """Create the people of an SQL relation, as a long list is imported; how many. One journal entry tells it.

    `newcomers` has the columns `person_id` (drawn by NEXT_PERSON), `folded_name`, and those of Newcomer; null is blank.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CREATE_OF.format(newcomers=newcomers))
        count = int(cursor.rowcount)
    if count:
        record_act(actor=actor, act="people.create_people", details={"on": on.isoformat(), "count": count})
    return count


NEXT_PERSON = "nextval('people_person_id_seq')"
"""SQL that draws the id of a person to be created."""

_NULLABLE = ("birth_date", "national_number")
_GIVEN = ", ".join(
    f"n.{name}" if name in _NULLABLE else f"coalesce(n.{name}, '')" for name in (*IDENTITY_FIELDS, *CONTACT_FIELDS)
)
# Names of columns, all from this module.
_CREATE_OF = f"""INSERT INTO people_person
    (id, public_id, folded_name, created_at, updated_at, {", ".join((*IDENTITY_FIELDS, *CONTACT_FIELDS))})
SELECT n.person_id, gen_random_uuid(), n.folded_name, now(), now(), {_GIVEN} FROM {{newcomers}} n"""  # noqa: S608


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


Fields = Mapping[str, Any]


@transaction.atomic
def update_contacts(
    *, actor: User | None, contact_of: Mapping[int, Fields], case_of: Mapping[int, int], on: dt.date
) -> set[int]:
    """Change contact data of many people, `{person id: {field: value}}`; the ids of those that really changed.

    A blank value leaves what is known. Each changed person gets a journal entry under the case in `case_of`.
    """
    return set(_change_many(actor, contact_of, case_of, on, act="people.update_contact", allowed=CONTACT_FIELDS))


@transaction.atomic
def correct_identities(
    *, actor: User | None, identity_of: Mapping[int, Fields], case_of: Mapping[int, int], on: dt.date
) -> set[int]:
    """`correct_identity` of many people, in the manner of `update_contacts`; the search index is the caller's too."""
    return set(_change_many(actor, identity_of, case_of, on, act="people.correct_identity", allowed=IDENTITY_FIELDS))


def _change_many(
    actor: User | None,
    changes_of: Mapping[int, Fields],
    case_of: Mapping[int, int],
    on: dt.date,
    *,
    act: str,
    allowed: tuple[str, ...],
) -> dict[int, list[str]]:
    """Lock, change and journal these people; the fields that changed, by person."""
    known = {
        person.pk: person
        for person in Person.objects.filter(pk__in=among(changes_of)).select_for_update().order_by("pk")
    }
    changed: dict[int, list[str]] = {}
    for person_id, person in known.items():
        wanted = {field: value for field, value in changes_of[person_id].items() if value}
        if fields := _changed(person, wanted, allowed):
            changed[person_id] = fields
            if allowed is IDENTITY_FIELDS:
                person.folded_name = folded_name(person.last_name, person.first_names)
    follows = ("folded_name",) if allowed is IDENTITY_FIELDS else ()
    _write_people([known[person_id] for person_id in changed], (*allowed, *follows))
    JournalEntry.objects.bulk_create(
        JournalEntry(
            actor=actor,
            act=act,
            case_id=case_of.get(person_id),
            subject=str(known[person_id].public_id),
            details={"on": on.isoformat(), "fields": fields},
        )
        for person_id, fields in changed.items()
    )
    return changed


def _write_people(people: Sequence[Person], fields: tuple[str, ...]) -> None:
    """One UPDATE for all of `people`: `bulk_update` builds a CASE per field and grows with the square of the rows."""
    if not people:
        return
    assignments = ", ".join(f"{field} = new.{field}" for field in fields)
    arrays = ", ".join("%s::date[]" if field == "birth_date" else "%s::text[]" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_person AS person SET {assignments}, updated_at = now()"  # noqa: S608  names of columns, above
            f" FROM unnest(%s::bigint[], {arrays}) AS new (id, {', '.join(fields)}) WHERE person.id = new.id",
            [[person.pk for person in people], *([getattr(person, field) for person in people] for field in fields)],
        )


@transaction.atomic
def connect_user(*, actor: User | None, person: Person, user: User, on: dt.date) -> None:
    """Give a person their sign-in: from now on `user` sees this person's own pathway."""
    person.user = user
    person.save(update_fields=["user", "updated_at"])
    record_act(actor=actor, act="people.connect_user", subject=str(person.public_id), details={"on": on.isoformat()})
