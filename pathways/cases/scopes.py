"""Which cases somebody may see, as a query; `pathways.cases.permissions` says the same of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet, Value

from pathways.people.models import Person

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User
    from pathways.cases.models import Case  # noqa: F401  named in a string

CASE_ROLES = ("counselor", "team_lead")
"""The roles that work on the cases of their office."""


class CaseQuerySet(QuerySet["Case"]):
    """Cases by who may see them and by state."""

    offices: tuple[int, ...] | None = None
    """The row numbers of the only offices whose cases are in it, where that is known: an index may be walked by them."""

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]  # Django's own way to keep what a queryset knows
        copy.offices = self.offices
        return copy

    def visible_to(self, actor: User, *, on: dt.date) -> Self:
        """Cases of the offices in which `actor` is counselor or team lead on day `on`, and a newcomer's own.

        Offices and own file are looked up first, in one query: a list of numbers lets PostgreSQL walk an index in
        order, a subquery does not.
        """
        posts = actor.memberships.held_on(on).filter(role__in=CASE_ROLES, organisation__office__isnull=False)
        offices = posts.order_by().values_list("organisation__office", Value("office"))
        own = Person.objects.filter(user=actor).order_by().values_list("pk", Value("person"))
        found: dict[str, list[int]] = {"office": [], "person": []}
        for number, kind in offices.union(own):
            found[kind].append(number)
        if found["person"]:
            return self.filter(Q(office__in=found["office"]) | Q(person__in=found["person"]))
        seen = self.filter(office__in=found["office"])
        seen.offices = tuple(found["office"])
        return seen

    def open(self) -> Self:
        """Cases that are not closed."""
        return self.filter(closed_on__isnull=True)
