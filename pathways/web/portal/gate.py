"""Whose pages these are: a newcomer finds their own person and case, and nothing that belongs to anybody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from accounts.roles import Role
from pathways.cases.models import Case
from pathways.people.models import Person
from pathways.web.gate import StaffRequest, page_for

P = ParamSpec("P")
NEWCOMERS = frozenset({Role.NEWCOMER})


class NewcomerRequest(StaffRequest):
    """A newcomer's request, whether or not they have a case; `own_case` is their open case or else the last."""

    own_case: Case | None


class PortalRequest(NewcomerRequest):
    """A newcomer's request that has passed the gate: `person` is the user, `case` their open case or else the last."""

    person: Person
    case: Case


View = Callable[Concatenate[PortalRequest, P], HttpResponse]
OpenView = Callable[Concatenate[NewcomerRequest, P], HttpResponse]


def portal_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Opens a view to newcomers, each for their own case; sign-in first, 404 for everybody else.

    What an address names (a letter, a session, a message) is looked up among what belongs to `request.case`. Somebody
    without a case is led to the first page, which says so.
    """

    def own(request: NewcomerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.own_case is None:
            return redirect("portal:home")
        portal = cast("PortalRequest", request)
        portal.case = request.own_case
        portal.person = portal.case.person
        return view(portal, *args, **kwargs)

    return newcomer_page(wraps(view)(own))


def newcomer_page(view: OpenView[P]) -> Callable[..., HttpResponse]:
    """Opens a view to newcomers, also to those of whom there is no case yet. No browser keeps the answer."""

    def own(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        newcomer = cast("NewcomerRequest", request)
        newcomer.own_case = _own_case(newcomer)
        answer = view(newcomer, *args, **kwargs)
        patch_cache_control(answer, private=True, no_store=True)
        return answer

    return wraps(view)(page_for(NEWCOMERS)(wraps(view)(own)))


def _own_case(request: StaffRequest) -> Case | None:
    """The person's open case, or the one closed last. One query."""
    cases = Case.objects.filter(person__user=request.user.pk).select_related(
        "person", "office", "counselor", "facts", "decision__duty_rule_set", "decision__trajectory_rule_set"
    )
    return cases.order_by(F("closed_on").desc(nulls_first=True), "-pk").first()
