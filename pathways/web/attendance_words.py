"""Attendance in words, what is left first: the same sentence in the register, in the case and in lists."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.attendance.forecast import State

if TYPE_CHECKING:
    from pathways.attendance.forecast import Forecast
    from pathways.attendance.queries import Progress

ICONS = {State.TIGHT: "alert-triangle", State.OUT_OF_REACH: "alert-octagon", State.REACHED: "circle-check"}
TONES = {State.TIGHT: "warn", State.OUT_OF_REACH: "bad", State.REACHED: "ok"}


@dataclass(frozen=True)
class Figures:
    """What a page shows of one progress: sentences, shares, and the parts of the bar."""

    state: str
    words: str
    short: str
    icon: str
    tone: str
    so_far: str
    lessons: str
    attended: int
    missed: int
    total: int
    threshold: int
    sentence: str


def percent(value: Fraction | None) -> str:
    """A share in whole per cent, rounded down: 79.9 % is never shown as 80 %. A dash where there is none."""
    return "–" if value is None else f"{int(value * 100)}%"


def one_decimal(value: Fraction | None) -> str:
    """A share with one decimal, rounded down."""
    return "–" if value is None else f"{int(value * 1000) / 10:.1f}%"


def duration(minutes: int) -> str:
    """Minutes as hours: "4 h", "4 h 30"."""
    hours, rest = divmod(minutes, 60)
    return _("%(hours)d h %(rest)02d") % {"hours": hours, "rest": rest} if rest else _("%(hours)d h") % {"hours": hours}


def lessons_left(number: int) -> str:
    """How many lessons may be missed yet."""
    if not number:
        return _("can miss none")
    return ngettext("can miss %(number)d more", "can miss %(number)d more", number) % {"number": number}


def state_words(found: Forecast) -> str:
    """The forecast as a sentence."""
    if found.state is State.NOTHING:
        return _("No lessons yet")
    if found.state is State.NO_THRESHOLD:
        return _("No threshold found in the rules")
    mark = percent(found.threshold)
    if found.state is State.REACHED:
        return _("%(mark)s reached") % {"mark": mark}
    if found.state is State.OUT_OF_REACH:
        return _("%(mark)s out of reach, at best %(best)s") % {"mark": mark, "best": one_decimal(found.best_share)}
    if not found.can_miss_lessons:
        return _("Can miss no more lesson")
    return ngettext("Can miss %(number)d more lesson", "Can miss %(number)d more lessons", found.can_miss_lessons) % {
        "number": found.can_miss_lessons
    }


def short_words(found: Forecast) -> str:
    """The same for a narrow column headed "can miss"."""
    if found.state is State.OUT_OF_REACH:
        return _("out of reach")
    if found.state is State.REACHED:
        return _("reached")
    if found.state in (State.NOTHING, State.NO_THRESHOLD):
        return "–"
    number = found.can_miss_lessons
    return ngettext("%(number)d more", "%(number)d more", number) % {"number": number} if number else _("none")


def figures(progress: Progress) -> Figures:
    """All that is shown of one progress."""
    found, count = progress.forecast, progress.count
    lessons = _("%(came)d of %(held)d lessons") % {"came": count.lessons_attended, "held": count.lessons_held}
    missed = max(0, found.planned - found.best)
    sentence = _("Attended %(lessons)s. %(state)s.") % {"lessons": lessons, "state": state_words(found)}
    return Figures(
        state=found.state.value,
        words=state_words(found),
        short=short_words(found),
        icon=ICONS.get(found.state, ""),
        tone=TONES.get(found.state, ""),
        so_far=percent(found.so_far),
        lessons=f"{count.lessons_attended}/{count.lessons_held}",
        attended=found.attended,
        missed=missed,
        total=found.planned,
        threshold=int(found.threshold * 100) if found.threshold is not None else 0,
        sentence=sentence,
    )
