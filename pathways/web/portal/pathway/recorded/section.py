"""A section of "My data": one table, the way from it to the person, and the columns that are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q

from pathways.people.models import Person
from pathways.web.portal.pathway.shelves import cases_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `path` leads from it to the case ("" for the person themselves); `hidden` are columns that word others."""

    code: str
    title: _StrPromise
    model: type[Model]
    path: str
    columns: tuple[str, ...]
    order: str = "-pk"
    shown: Q = field(default_factory=Q)
    hidden: tuple[str, ...] = ()

    def rows(self, person: Person) -> list[Row]:
        """The rows of this person. One query."""
        if self.path == "":
            found = self.model._default_manager.filter(pk=person.pk)
        elif self.path == "person":
            found = self.model._default_manager.filter(person=person)
        elif self.path == "case_reference":
            found = self.model._default_manager.filter(case_reference__in=cases_of(person).values("reference"))
        else:
            found = self.model._default_manager.filter(**{f"{self.path}__in": cases_of(person).values("pk")})
        return list(found.filter(self.shown).order_by(self.order).values(*self.columns, *self.hidden))
