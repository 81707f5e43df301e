"""Reads about ways in: who is meant by a contact and a birth date, what a counselor sees, with whom contact is shared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import Membership
from accounts.roles import Role
from pathways.access.models import AccessCode, SignInCode
from pathways.people.contact import normal_email, normal_phone
from pathways.people.models import Person


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address or a phone number as it is stored, and how a code gets there."""

    channel: SignInCode.Channel
    value: str


@dataclass(frozen=True, slots=True)
class WayIn:
    """What the counselor sees of a person's access. `shared` names the contact data that somebody else has too."""

    code: AccessCode | None
    entered: bool
    passkeys: int
    last_in: dt.datetime | None
    shared: tuple[str, ...]


def read_contact(text: str) -> Contact | None:
    """The e-mail address or phone number in what somebody typed; None where it is neither."""
    if "@" in text:
        email = normal_email(text)
        return Contact(SignInCode.Channel.EMAIL, email) if email else None
    phone = normal_phone(text)
    return Contact(SignInCode.Channel.SMS, phone) if phone else None


def people_with(contact: Contact) -> QuerySet[Person]:
    """Everybody who has this address or number. Along an index."""
    if contact.channel == SignInCode.Channel.EMAIL:
        return Person.objects.exclude(email="").alias(low=Lower("email")).filter(low=contact.value)
    return Person.objects.exclude(phone="").filter(phone=contact.value)


def person_meant(*, contact: Contact, birth_date: dt.date, handle: str, on: dt.date) -> Person | None:
    """The one person with this contact and birth date who has come in before; None where that names nobody or two.

    Where it names two, the number of a letter that was theirs (`handle`) tells which.
    """
    newcomers = Membership.objects.held_on(on).with_role(Role.NEWCOMER).values("user")
    found = people_with(contact).filter(birth_date=birth_date, user__is_active=True, user__in=newcomers)
    if handle:
        found = found.filter(access_codes__handle=handle).distinct()
    people = list(found[:2])
    return people[0] if len(people) == 1 else None


def person_of_number(*, national_number: str) -> Person | None:
    """The person of this national number, if an office has a case of theirs."""
    return Person.objects.filter(national_number=national_number, cases__isnull=False).distinct().first()


def way_in(*, person: Person) -> WayIn:
    """The access of one person, for the desk. A fixed number of queries."""
    code = AccessCode.objects.filter(person=person).select_related("issued_by").first()
    user = person.user
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() if user else 0
    return WayIn(code, user is not None, keys, user.last_login if user else None, shared_contact(person))


def shared_contact(person: Person) -> tuple[str, ...]:
    """Which of `email` and `phone` somebody else has too. Never who."""
    asked = [("email", read_contact(person.email)), ("phone", read_contact(person.phone) if person.phone else None)]
    return tuple(name for name, contact in asked if contact and people_with(contact).exclude(pk=person.pk).exists())
