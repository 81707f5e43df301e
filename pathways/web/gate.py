"""The gate: fetches and authorises in one call. Closed unless opened; a stranger gets 404 and learns nothing.

A page is opened to roles by `desk_page` (or `staff_page`), a case by `get_case`. Both put the day and the roles on the
request, so that views and templates ask neither the clock nor the memberships again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.queries import Post, posts_of
from accounts.roles import Role
from pathways.audit.actions import record_view
from pathways.base.clock import today
from pathways.cases.models import Case
from pathways.web.counts import forget_counts
from pathways.web.sending import send_once

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

P = ParamSpec("P")
DESK_ROLES = frozenset({Role.COUNSELOR, Role.TEAM_LEAD})
STAFF_ROLES = frozenset(Role) - {Role.NEWCOMER}
PORTAL = "/my/"
"""The pages of newcomers."""
EVERYBODY: frozenset[Role] = frozenset()
"""Whoever is signed in, also without a role."""


class StaffRequest(HttpRequest):
    """A request that has passed the gate: who asks, on which day, in which roles."""

    user: User
    today: dt.date
    posts: list[Post]
    roles: frozenset[Role]


View = Callable[Concatenate[StaffRequest, P], HttpResponse]
Permission = Callable[["User", Case, "dt.date"], bool]


def page_for(roles: frozenset[Role]) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Opens a view to users who hold one of `roles` today; sign-in first, 404 for everybody else.

    A form with `{% idempotency %}` may be sent twice: the second sending gets the answer of the first.
    """

    def open_to(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def gated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), login_url=_door(request))
            staff = cast("StaffRequest", request)
            staff.today = today()
            staff.posts = posts_of(staff.user, on=staff.today)
            staff.roles = frozenset(post.role for post in staff.posts)
            if roles is not EVERYBODY and not staff.roles & roles:
                raise Http404
            answer = send_once(staff, actor=staff.user, work=lambda: view(staff, *args, **kwargs))
            if request.method == "POST":
                forget_counts(staff.user)
            return answer

        gated.roles = roles  # type: ignore[attr-defined]  # the access table reads whom a page is open to
        return gated

    return open_to


def _door(request: HttpRequest) -> str | None:
    """Where whoever is not signed in is sent: newcomers to their own door, the others to that of staff."""
    return reverse("portal:sign_in") if request.path.startswith(PORTAL) else None


desk_page = page_for(DESK_ROLES)
staff_page = page_for(STAFF_ROLES)
signed_in_page = page_for(EVERYBODY)


def roles_at(request: StaffRequest, case: Case) -> frozenset[Role]:
    """The roles that the user holds in the office of the case. No query: the gate has read them."""
    organisation = case.office.organisation_id if case.office else None
    return frozenset(post.role for post in request.posts if organisation and post.organisation_id == organisation)


def get_case(
    request: StaffRequest,
    reference: str,
    permission: Permission | None = None,
    *,
    page: str = "",
    purpose: str = "follow_up",
) -> Case:
    """The case of that reference, if the user may see it and `permission` holds; otherwise 404.

    With `page`, a view of the person's file is logged. The person, office, facts and decision come in the same query.
    """
    visible = Case.objects.visible_to(request.user, on=request.today).select_related(
        "person", "office", "counselor", "facts", "decision__duty_rule_set", "decision__trajectory_rule_set"
    )
    case = get_object_or_404(visible, reference=reference)
    if permission and not permission(request.user, case, request.today):
        raise Http404
    if page and request.method == "GET":
        record_view(actor=request.user, case_id=case.pk, page=page, purpose=purpose)
    return case
