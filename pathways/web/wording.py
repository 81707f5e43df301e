"""Codes in words: each outcome and truth value with the icon and the word that stand for it on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Sign(NamedTuple):
    """An icon and the word beside it; colour is never the only sign."""

    icon: str
    label: _StrPromise


OUTCOMES = {
    "obliged": Sign("gavel", _("Obliged")),
    "entitled": Sign("circle-check", _("Entitled")),
    "exempt": Sign("shield", _("Exempt")),
    "postponed": Sign("player-pause", _("Postponed")),
    "not_targeted": Sign("circle-minus", _("Not targeted")),
    "undecided": Sign("help-circle", _("Undecided")),
    "draft": Sign("flask", _("Draft")),
}
"""The outcomes of a decision (`pathways.rules`), and `draft` for what is simulated."""

TRUTH = {
    "true": Sign("check", _("True")),
    "false": Sign("x", _("False")),
    "unknown": Sign("question-mark", _("Unknown")),
}

NOTES = {
    "info": Sign("info-circle", _("For your information")),
    "missing": Sign("help-circle", _("Missing")),
    "warn": Sign("alert-triangle", _("Warning")),
    "bad": Sign("alert-octagon", _("Error")),
    "ok": Sign("circle-check", _("Done")),
}

STOPS = {
    "done": Sign("check", _("Done")),
    "here": Sign("map-pin", _("You are here")),
    "next": Sign("arrow-right", _("Next")),
    "later": Sign("flag", _("Later")),
    "blocked": Sign("lock", _("Blocked")),
}
"""The states of a stop on the pathway line."""


def truth_code(value: bool | str | None) -> str:
    """`true`, `false` or `unknown` for a truth value of the rules; None is unknown, never no."""
    if isinstance(value, str):
        return value if value in TRUTH else "unknown"
    return "unknown" if value is None else "true" if value else "false"


CONFIDENCE = {
    "verified": _("Checked against the official text"),
    "seed": _("From a background study, not checked against the official text"),
    "recalled": _("From memory, not checked"),
    "inference": _("Concluded from other sources, not stated in a text"),
    "not_found": _("Not found in any source"),
}
"""How sure we are of a rule; anything below `verified` is shown with this warning."""
