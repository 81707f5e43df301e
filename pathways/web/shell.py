"""The frame around every page: what the menu offers to whom, and who is signed in. Asked only when drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from pathways.base.clock import today
from pathways.web.languages import current, languages_at, named

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

OFFICE = frozenset({Role.COUNSELOR, Role.TEAM_LEAD})
STAFF = frozenset(Role) - {Role.NEWCOMER}
THEMES = {"light": _("Light"), "dark": _("Dark")}


@dataclass(frozen=True)
class Entry:
    """A place in the menu, shown to `roles`. `count` names a function `(user, *, on) -> int` for its figure."""

    url_name: str
    label: _StrPromise
    icon: str
    roles: frozenset[Role]
    count: str = ""
    section: _StrPromise | str = ""


ENTRIES = (
    Entry("desk:today", _("Today"), "sun", OFFICE, count="pathways.web.counts.own_work"),
    Entry("desk:calendar", _("Calendar"), "calendar", OFFICE),
    Entry("desk:cases", _("Cases"), "users", OFFICE),
    Entry("desk:new_person", _("New person"), "user-plus", OFFICE),
    Entry("desk:letters", _("Letters"), "mail", OFFICE),
    Entry("desk:courses", _("Courses"), "school", OFFICE | {Role.ADMINISTRATOR}),
    Entry("desk:absences", _("Absences"), "clipboard-list", OFFICE),
    Entry("desk:team", _("Team"), "users-group", frozenset({Role.TEAM_LEAD})),
    Entry(
        "policy:releases",
        _("New rules"),
        "scale",
        frozenset({Role.TEAM_LEAD}),
        count="pathways.web.counts.waiting_for_release",
    ),
    Entry("desk:lists", _("Lists"), "file-import", OFFICE),
    Entry("classroom:today", _("My courses"), "school", frozenset({Role.TEACHER})),
    Entry("desk:breaches", _("Breach files"), "gavel", OFFICE | {Role.ENFORCEMENT_OFFICER}),
    Entry("portal:home", _("My pathway"), "home", frozenset({Role.NEWCOMER})),
    Entry("policy:rule_sets", _("Rules"), "scale", STAFF, section=_("Organisation")),
    Entry("policy:own_facts", _("Own facts"), "list-check", frozenset({Role.ADMINISTRATOR})),
)
SEARCHES = ("desk:search", "desk:cases")
"""Where "Find a person" leads; the first route that exists."""


DEMO_STATES = (
    "empty",
    "undecided",
    "exempt",
    "postponed",
    "entitled",
    "not-targeted",
    "suspended",
    "breach",
    "fined",
    "finished",
    "closed",
    "sign",
    "choose",
    "learn",
)
"""The states of a newcomer's first page, each with a sign-in of its own in a demonstration."""
DEMO_PEOPLE = (
    ("counselor.ghent", Role.COUNSELOR, "Gent"),
    ("counselor.brussels", Role.COUNSELOR, "Brussel / Bruxelles"),
    ("counselor.liege", Role.COUNSELOR, "Liège"),
    ("counselor.eupen", Role.COUNSELOR, "Eupen"),
    ("lead.ghent", Role.TEAM_LEAD, "Gent"),
    ("teacher.ghent", Role.TEACHER, "Gent"),
    ("newcomer.nour", Role.NEWCOMER, "Nour"),
    *((f"newcomer.{state}", Role.NEWCOMER, state.replace("-", " ")) for state in DEMO_STATES),
    ("editor.flanders", Role.POLICY_EDITOR, "Vlaanderen"),
    ("approver.flanders", Role.POLICY_APPROVER, "Vlaanderen"),
    ("enforcement.flanders", Role.ENFORCEMENT_OFFICER, "Vlaanderen"),
    ("analyst", Role.ANALYST, ""),
    ("admin", Role.ADMINISTRATOR, ""),
)
"""The sign-ins of a demonstration, offered on the sign-in page: the part before the @, role and place."""


@dataclass(frozen=True)
class Place:
    """An entry as this page shows it."""

    entry: Entry
    href: str
    current: bool
    user: Any
    on: dt.date

    @property
    def count(self) -> int | None:
        """The figure beside the entry, asked only when drawn."""
        count: int | None = import_string(self.entry.count)(self.user, on=self.on) if self.entry.count else None
        return count


def route(name: str) -> str:
    """The address of a route without arguments, "" while no such route exists."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Shell:
    """What the frame shows on this request. Nothing is asked of the database until a template needs it."""

    def __init__(self, request: HttpRequest) -> None:
        """Remember the request."""
        self.request = request
        self.user = getattr(request, "user", None)

    @cached_property
    def today(self) -> dt.date:
        """The day of the request: the gate's, behind it."""
        day: dt.date = getattr(self.request, "today", None) or today()
        return day

    @cached_property
    def memberships(self) -> list[tuple[str, str | None]]:
        """Role and organisation name of each membership the user holds today: one query, none behind the gate."""
        if self.user is None or not self.user.is_authenticated:
            return []
        if (posts := getattr(self.request, "posts", None)) is not None:  # the gate has read them
            return [(post.role, post.organisation_name) for post in posts]
        return list(self.user.memberships.held_on(self.today).order_by("pk").values_list("role", "organisation__name"))

    @cached_property
    def places(self) -> list[Place]:
        """The menu of this user: entries of their roles whose routes exist; the longest address that fits is current."""
        roles = {role for role, _organisation in self.memberships}
        found = [(entry, route(entry.url_name)) for entry in ENTRIES if roles & entry.roles]
        fitting = [href for _entry, href in found if href and self.request.path.startswith(href)]
        current = max(fitting, key=len, default="")
        return [Place(entry, href, href == current, self.user, self.today) for entry, href in found if href]

    @cached_property
    def search_url(self) -> str:
        """Where people are looked up, "" for those who may not look anybody up."""
        if not OFFICE & {role for role, _organisation in self.memberships}:
            return ""
        return next(filter(None, map(route, SEARCHES)), "")

    @cached_property
    def home_url(self) -> str:
        """The first place of the menu, or the front page."""
        return self.places[0].href if self.places else "/"

    @cached_property
    def belongs_to(self) -> str:
        """The organisation shown under the user's name, or else their role."""
        names = [name for _role, name in self.memberships if name]
        roles = [str(Role(role).label) for role, _name in self.memberships]
        return next(iter([*names, *roles]), "")

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The languages of this page, each by its own name."""
        return named(languages_at(self.request.path_info))

    @property
    def language_name(self) -> str:
        """The language of this page, by its own name."""
        return str(named((current(),))[0]["name"])

    @property
    def theme(self) -> str:
        """The chosen theme, "" to follow the system."""
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def themes(self) -> list[dict[str, Any]]:
        """The choices of theme."""
        options = {"": _("System"), **THEMES}
        return [{"code": code, "name": name, "current": code == self.theme} for code, name in options.items()]

    @property
    def path(self) -> str:
        """This page, to come back to after a choice of language or theme."""
        return self.request.get_full_path() if self.request.method == "GET" else self.home_url

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration with invented people."""
        return bool(settings.DEMO)

    @property
    def demo_people(self) -> list[dict[str, str]]:
        """The invented users whom a demonstration offers to be."""
        return [
            {"email": f"{name}@demo.example", "role": f"{role.label}, {place}" if place else str(role.label)}
            for name, role, place in DEMO_PEOPLE
        ]
