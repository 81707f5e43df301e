"""Reads about users: the roles they hold on a day, and where."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.db.models.expressions import RawSQL

from accounts.models import Organisation
from accounts.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class Post(NamedTuple):
    """A role, and where it is held."""

    role: Role
    organisation_id: int | None
    organisation_name: str | None


def posts_of(user: User | AnonymousUser, *, on: dt.date) -> list[Post]:
    """What a user is on a day, oldest membership first. One query; none for an anonymous user."""
    if not user.is_authenticated:
        return []
    held = user.memberships.held_on(on).order_by("pk")
    rows = held.values_list("role", "organisation", "organisation__name")
    return [Post(Role(role), organisation, name) for role, organisation, name in rows]


def roles_of(user: User | AnonymousUser, *, on: dt.date) -> frozenset[Role]:
    """The roles a user holds on a day, in whatever organisation or programme. One query; none for an anonymous user."""
    if not user.is_authenticated:
        return frozenset()
    held = user.memberships.held_on(on).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)


def organisations_of(user: User, *roles: Role, on: dt.date) -> list[Organisation]:
    """The organisations in which a user holds one of `roles` (any role without), by name. One query."""
    held = user.memberships.held_on(on)
    if roles:
        held = held.with_role(*roles)
    return list(Organisation.objects.filter(memberships__in=held).distinct())


def programmes_of(user: User, *roles: Role, on: dt.date) -> list[str]:
    """The programmes for which a user holds one of `roles`. One query."""
    held = user.memberships.held_on(on).with_role(*roles).exclude(programme="")
    return sorted(set(held.values_list("programme", flat=True)))


def own_and_covered(user: User, *, on: dt.date) -> RawSQL:
    """The numbers of the user and of those for whom they stand in on day `on`, for `__in` lookups: no query of its own.

    An array is read once and then looked up in an index; a plain subquery may be joined by reading all the rows there are.
    """
    absences = "SELECT user_id FROM accounts_absence WHERE stand_in_id = %s AND %s BETWEEN first_on AND last_on"
    own = "SELECT unnest(ARRAY(SELECT %s::bigint UNION ALL " + absences + "))"
    return RawSQL(own, [user.pk, user.pk, on])  # noqa: S611  fixed text, values as parameters
