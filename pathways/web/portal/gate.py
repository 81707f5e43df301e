"""Whose pages these are: a newcomer finds their own person and case, and nothing that belongs to anybody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.db.models import F
from django.http import Http404, HttpResponse

from accounts.roles import Role
from pathways.cases.models import Case
from pathways.people.models import Person
from pathways.web.gate import StaffRequest, page_for

P = ParamSpec("P")
NEWCOMERS = frozenset({Role.NEWCOMER})


class PortalRequest(StaffRequest):
    """A newcomer's request that has passed the gate: `person` is the user, `case` their open case or else the last."""

    person: Person
    case: Case


View = Callable[Concatenate[PortalRequest, P], HttpResponse]


def portal_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Opens a view to newcomers, each for their own case; sign-in first, 404 for everybody else.

    What an address names (a letter, a session, a message) is looked up among what belongs to `request.case`.
    """

    def own(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        portal = cast("PortalRequest", request)
        portal.case = _own_case(portal)
        portal.person = portal.case.person
        return view(portal, *args, **kwargs)

    return wraps(view)(page_for(NEWCOMERS)(own))


def _own_case(request: StaffRequest) -> Case:
    """The person's open case, or the one closed last; 404 where they have none. One query."""
    cases = Case.objects.filter(person__user=request.user.pk).select_related(
        "person", "office", "counselor", "facts", "decision__duty_rule_set", "decision__trajectory_rule_set"
    )
    found = cases.order_by(F("closed_on").desc(nulls_first=True), "-pk").first()
    if found is None:
        raise Http404
    return found
