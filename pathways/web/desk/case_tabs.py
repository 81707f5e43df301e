"""The pages of one case, as links under its head; one whose route does not exist is not shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TABS: tuple[tuple[str, Promise], ...] = (
    ("desk:case", _("Overview")),
    ("desk:case_messages", _("Messages")),
    ("desk:case_terms", _("Terms")),
    ("desk:case_meetings", _("Talks and assessment")),
    ("desk:case_contract", _("Contract")),
    ("desk:case_courses", _("Courses")),
    ("desk:case_progress", _("Attendance")),
    ("desk:case_certificate", _("Certificate")),
    ("desk:case_breach", _("Breach")),
    ("desk:case_move", _("Move")),
)


@dataclass(frozen=True)
class Tab:
    """A link to a page of the case."""

    label: Promise
    href: str
    current: bool


def case_tabs(reference: str, current: str) -> list[Tab]:
    """The tabs of the case; `current` is the route name of the page that shows them."""
    tabs = []
    for name, label in TABS:
        try:
            tabs.append(Tab(label, reverse(name, args=[reference]), name == current))
        except NoReverseMatch:
            continue
    return tabs
