"""Who looked at my file: in which role, of which organisation, when and what for. Never a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Membership
from accounts.roles import Role
from pathways.audit.models import ViewEntry
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.shelves import cases_of

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from pathways.people.models import Person

PAGE = 30
PURPOSES: dict[str, _StrPromise] = {
    "follow_up": _("To help you with your programme"),
    "enforcement": _("To decide about a duty"),
}
ROLES: dict[str, _StrPromise] = {
    Role.COUNSELOR: _("A counselor"),
    Role.TEAM_LEAD: _("A team lead"),
    Role.TEACHER: _("A teacher"),
    Role.ENFORCEMENT_OFFICER: _("An enforcement officer"),
    Role.ADMINISTRATOR: _("An administrator"),
}
PARTS: tuple[tuple[str, _StrPromise], ...] = (
    ("case", _("Your file")),
    ("why", _("The reasons of a decision")),
    ("facts", _("What we know about you")),
    ("breach", _("The file about a duty")),
    ("certificate", _("Your certificate")),
    ("contract", _("Your contract")),
    ("correction", _("Your lessons")),
    ("courses", _("Your lessons")),
    ("progress", _("Your lessons")),
    ("meetings", _("Your talks")),
    ("assessment", _("What you said in a talk")),
    ("cv", _("What you said in a talk")),
    ("move", _("Your move")),
    ("programme_change", _("Your move")),
    ("term", _("Your deadlines")),
    ("message", _("Your messages")),
    ("document", _("A paper of yours")),
    ("invitation", _("A letter to you")),
)
"""The beginning of a page's name in the log, and what the page shows."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the file."""

    at: dt.datetime
    who: str
    organisation: str
    part: str
    purpose: str

    @property
    def sentence(self) -> str:
        """Everything but the time, in one line."""
        return ". ".join(filter(None, [self.who, self.organisation, self.part, self.purpose]))


def looks(person: Person, *, before: int | None = None, size: int | None = PAGE) -> list[tuple[int, Look]]:
    """Who looked, the latest first, each with its number. One query."""
    held = Membership.objects.filter(user=OuterRef("actor"), valid_from__lte=OuterRef("at__date"))
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("at__date"))).exclude(role=Role.NEWCOMER)
    held = held.order_by(F("organisation").asc(nulls_last=True), "pk")
    found: QuerySet[ViewEntry] = ViewEntry.objects.filter(case_id__in=cases_of(person).values("pk"))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = found.order_by("-pk").annotate(
        role=Subquery(held.values("role")[:1]), organisation=Subquery(held.values("organisation__name")[:1])
    )
    values = rows.values_list("pk", "at", "role", "organisation", "page", "purpose")
    return [
        (number, Look(localtime(at), _who(role), organisation or "", part_of(page), purpose_of(purpose)))
        for number, at, role, organisation, page, purpose in (values[:size] if size else values)
    ]


def _who(role: str | None) -> str:
    return str(ROLES.get(role or "", _("Somebody who works on your file")))


def part_of(page: str) -> str:
    """What the page with that name in the log shows."""
    return str(next((text for word, text in PARTS if page.startswith(word)), _("Your file")))


def purpose_of(code: str) -> str:
    """What somebody looked for."""
    return str(PURPOSES.get(code, PURPOSES["follow_up"]))


@require_safe
@portal_page
def views(request: PortalRequest) -> HttpResponse:
    """The log by pages of thirty."""
    asked = request.GET.get("before", "")
    found = looks(request.person, before=int(asked) if asked.isdecimal() and len(asked) < 19 else None, size=PAGE + 1)
    older = found[PAGE - 1][0] if len(found) > PAGE else None
    context = {"looks": [look for _number, look in found[:PAGE]], "older": older, "newer": bool(asked)}
    return render(request, "portal/pathway/views.html", context)
