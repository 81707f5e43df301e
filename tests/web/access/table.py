"""The form of a row of the access table: which roles get in, by which methods, and what the others get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.web.access.world import World

ROLES = (
    "anonymous",
    "stranger",  # a counselor of another office
    "counselor",
    "team_lead",
    "teacher",
    "newcomer",  # whose own case it is
    "policy_editor",
    "policy_approver",
    "enforcement_officer",
    "analyst",
    "administrator",
)
SIGNED_IN = frozenset(ROLES) - {"anonymous"}
STAFF = SIGNED_IN - {"newcomer"}
DESK = frozenset({"stranger", "counselor", "team_lead"})
OFFICE_OF_CASE = frozenset({"counselor", "team_lead"})

Arguments = Callable[[World], Mapping[str, Any]]
SIGN_IN = "to the sign-in page"
NOT_FOUND = "404"
IN = "in"


def nothing(_world: World) -> Mapping[str, Any]:
    """No arguments."""
    return {}


@dataclass(frozen=True)
class Row:
    """One URL: `roles` get one of the statuses `ok`; anonymous visitors are sent to sign in, everybody else gets 404."""

    roles: frozenset[str]
    methods: tuple[str, ...] = ("get",)
    arguments: Arguments = nothing
    query: str = ""
    data: Mapping[str, str] | None = None
    ok: frozenset[int] = frozenset({200})
    denied: str = NOT_FOUND
    anonymous: str = SIGN_IN

    def expected(self, role: str) -> str:
        """What a visitor of that role gets."""
        if role in self.roles:
            return IN
        return self.anonymous if role == "anonymous" else self.denied


def page(roles: frozenset[str], arguments: Arguments = nothing, *, query: str = "", **more: Any) -> Row:
    """A page that is only looked at."""
    return Row(roles, ("get",), arguments, query, **more)


def form(roles: frozenset[str], arguments: Arguments = nothing, *, query: str = "", **more: Any) -> Row:
    """A form: shown by GET, sent (here empty, so refused in words) by POST."""
    return Row(roles, ("get", "post"), arguments, query, **{"ok": frozenset({200, 302, 400, 422}), **more})


def act(roles: frozenset[str], arguments: Arguments = nothing, **more: Any) -> Row:
    """Something that is only done, by POST; empty data are refused or do nothing."""
    return Row(roles, ("post",), arguments, **{"ok": frozenset({200, 204, 302, 400, 409, 422}), **more})


def everybody(*methods: str, arguments: Arguments = nothing, ok: frozenset[int] = frozenset({200}), **more: Any) -> Row:
    """Open to anyone, signed in or not."""
    return Row(frozenset(ROLES), methods or ("get",), arguments, ok=ok, **more)
