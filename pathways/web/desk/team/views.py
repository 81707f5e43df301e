"""The load of everybody in an office, for its team lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Absence, User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.programmes.models import Office
from pathways.web.gate import DESK_ROLES, StaffRequest, page_for
from pathways.work.load import Load, loads_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

lead_page = page_for(frozenset({Role.TEAM_LEAD}))


@dataclass(frozen=True)
class Member:
    """A line of the view: a colleague (None: cases that nobody has), their load and their next absence."""

    user: User | None
    load: Load
    absence: Absence | None = None
    away: bool = False
    covers: tuple[User, ...] = ()

    @property
    def key(self) -> str:
        """How addresses name them."""
        return str(self.user.public_id) if self.user else "nobody"

    @property
    def name(self) -> str:
        """How the page names them."""
        return str(self.user) if self.user else _("Nobody yet")


def led_offices(request: StaffRequest) -> list[Office]:
    """The offices that the user leads today, by name. One query."""
    organisations = [post.organisation_id for post in request.posts if post.role == Role.TEAM_LEAD]
    return list(Office.objects.filter(organisation__in=organisations).order_by("name"))


def led_office(request: StaffRequest, code: str) -> Office:
    """The office of that code, if the user leads it; otherwise 404."""
    found = next((office for office in led_offices(request) if office.code == code), None)
    if found is None:
        raise Http404
    return found


def colleagues(office: Office, *, on: dt.date, also: Iterable[int] = ()) -> list[User]:
    """Who works on cases in the office on day `on`, and whoever of `also` still has some there, by name. One query."""
    there = Q(
        Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gt=on),
        memberships__valid_from__lte=on,
        memberships__organisation=office.organisation_id,
        memberships__role__in=DESK_ROLES,
        is_active=True,
    )
    return list(User.objects.filter(there | Q(pk__in=list(also))).distinct().order_by("full_name", "email"))


def members_of(office: Office, *, on: dt.date) -> list[Member]:
    """Everybody with their load, most urgent first; cases that nobody has come first. Three queries."""
    loads = loads_of(scope=Case.objects.filter(office=office), on=on)
    users = colleagues(office, on=on, also=[number for number in loads if number])
    absences = list(
        Absence.objects.not_over(on)
        .filter(Q(user__in=users) | Q(stand_in__in=users))
        .select_related("user", "stand_in")
    )
    found = [_member(user, loads.get(user.pk, Load(user.pk)), absences, on) for user in users]
    found.sort(key=lambda member: (-member.load.overdue, -member.load.due, -member.load.cases))
    return [Member(None, loads[None]), *found] if None in loads else found


def _member(user: User, load: Load, absences: list[Absence], on: dt.date) -> Member:
    own = next((one for one in absences if one.user_id == user.pk), None)
    covers = tuple(one.user for one in absences if one.stand_in_id == user.pk and one.first_on <= on)
    return Member(user, load, own, own is not None and own.first_on <= on, covers)


@require_safe
@lead_page
def team(request: StaffRequest) -> HttpResponse:
    """Load per counselor, with the acts that even it out."""
    offices = led_offices(request)
    if not offices:
        raise Http404
    office = next((one for one in offices if one.code == request.GET.get("office")), offices[0])
    members = members_of(office, on=request.today)
    context: dict[str, Any] = {
        "office": office,
        "offices": [{"label": one.name, "href": f"?office={one.code}", "current": one == office} for one in offices],
        "members": members,
        "most": max((member.load.cases for member in members), default=0),
        "total": sum(member.load.cases for member in members),
        "on": request.today,
    }
    return render(request, "desk/team/team.html", context)
