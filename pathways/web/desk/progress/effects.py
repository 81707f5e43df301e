"""Effects of a correction in words: what stands there now and what would stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pathways.attendance.effects import Effect
from pathways.attendance.forecast import State
from pathways.rules import COMPONENT_LABELS
from pathways.web.attendance_words import one_decimal

STATES = {
    State.NOTHING: gettext_lazy("no lessons yet"),
    State.NO_THRESHOLD: gettext_lazy("no threshold found in the rules"),
    State.REACHED: gettext_lazy("reached"),
    State.REACHABLE: gettext_lazy("can be reached"),
    State.TIGHT: gettext_lazy("tight"),
    State.OUT_OF_REACH: gettext_lazy("out of reach"),
}
CODES = {
    "attended": gettext_lazy("Attended"),
    "state": gettext_lazy("Forecast"),
    "can_miss": gettext_lazy("Can still miss"),
    "met": gettext_lazy("Component met"),
    "certificate": gettext_lazy("Certificate condition"),
}


@dataclass(frozen=True)
class EffectRow:
    """One line of the table of effects."""

    what: str
    scope: str
    before: str
    after: str
    changed: bool


def scope_label(scope: str, language: str) -> str:
    """A component, or the whole pathway, by name."""
    labels = COMPONENT_LABELS[scope]
    return labels.get(language[:2]) or labels["en"]


def effect_rows(effects: Iterable[Effect | Mapping[str, Any]], language: str) -> list[EffectRow]:
    """The effects as lines; kept ones come as JSON."""
    found = [one if isinstance(one, Effect) else Effect(**one) for one in effects]
    return [
        EffectRow(
            str(CODES[one.code]),
            scope_label(one.scope, language),
            _value(one.code, one.before),
            _value(one.code, one.after),
            one.changed,
        )
        for one in found
    ]


def _value(code: str, value: Any) -> str:
    if code == "attended":
        attended, planned = value
        return one_decimal(Fraction(attended, planned)) if planned else "–"
    if code == "state":
        return str(STATES[State(value)])
    if code == "can_miss":
        return ngettext("%(number)d lesson", "%(number)d lessons", value) % {"number": value}
    return _("not known") if value is None else _("yes") if value else _("no")
