"""What the tab of a case shows of attendance, in words and figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.attendance.forecast import AT_RISK, Forecast
from pathways.attendance.queries import CaseProgress, Progress
from pathways.attendance.queries.catching_up import Alternative, Alternatives
from pathways.courses.queries import Match, Reason
from pathways.web.attendance_words import Figures, duration, figures, one_decimal, percent, state_words
from pathways.web.desk.courses.words import component_word, course_line
from pathways.web.desk.progress.effects import STATES, scope_label

OFFERS_SHOWN = 3


@dataclass(frozen=True)
class ScopeRow:
    """A component, or all of them, with its bar."""

    code: str
    title: str
    figures: Figures
    lessons: str
    hours: str
    left: str
    threshold: str
    doubt: str


def scope_rows(progress: CaseProgress, language: str) -> list[ScopeRow]:
    """The components, and the whole pathway where there are several."""
    found = dict(progress.components)
    rows = [_row(code, one, language) for code, one in found.items()]
    if len(found) > 1 and progress.overall:
        rows.append(_row("overall", progress.overall, language))
    return rows


def _row(code: str, one: Progress, language: str) -> ScopeRow:
    count, minutes = one.count, one.minutes
    return ScopeRow(
        code,
        scope_label(code, language),
        figures(one),
        _("%(came)d of %(held)d lessons held") % {"came": count.lessons_attended, "held": count.lessons_held},
        _("%(attended)s of %(planned)s planned")
        % {"attended": duration(minutes.attended), "planned": duration(minutes.planned)},
        ngettext("%(number)d lesson to come", "%(number)d lessons to come", count.lessons_left)
        % {"number": count.lessons_left},
        threshold_words(one),
        _doubt(one.forecast),
    )


def threshold_words(one: Progress) -> str:
    """Where the mark comes from: the rule set, the practice of the programme, or nowhere."""
    mark = one.pinned.policy.threshold
    if mark is None:
        return _("In %(rule_set)s no threshold was found.") % {"rule_set": one.pinned.rule_set or "–"}
    if one.pinned.by_law:
        return _("%(mark)s by %(rule_set)s.") % {"mark": percent(mark), "rule_set": one.pinned.rule_set}
    return _("%(mark)s is the follow-up mark of the programme; in %(rule_set)s no threshold was found.") % {
        "mark": percent(mark),
        "rule_set": one.pinned.rule_set or "–",
    }


def _doubt(found: Forecast) -> str:
    if found.other is None:
        return ""
    return _("No source says what excused absence counts as. Read otherwise, the forecast is: %(state)s.") % {
        "state": STATES[found.other]
    }


def counting_words(one: Progress) -> list[str]:
    """How lessons are counted here, a sentence each; what no source says is said so."""
    policy = one.pinned.policy
    excused = {
        "present": _("Excused absence counts as present."),
        "absent": _("Excused absence counts as absent."),
        "not_counted": _("Excused lessons are left out of the count."),
        None: _("What excused absence counts as was not found; it is counted as absent."),
    }
    unit = {
        "hours": _("Counted in minutes."),
        "sessions": _("Counted in lessons."),
        None: _("Whether hours or lessons count was not found; minutes are counted."),
    }
    late = (
        _("The minutes of being late are missed.") if policy.lateness == "minutes" else _("Being late costs nothing.")
    )
    make_up = _("Make-up sessions count.") if policy.make_up else _("Make-up sessions do not count.")
    return [unit[policy.unit], excused[policy.excused], late, make_up]


@dataclass(frozen=True)
class CatchUp:
    """What can be done while it can be saved: the make-up sessions that exist, and what lacks beside them."""

    urgent: bool
    words: str
    lacking: str
    sessions: list[Any]


def catch_up(progress: CaseProgress, sessions: list[Any]) -> CatchUp | None:
    """The plan to catch up, where the mark is in danger."""
    one = progress.overall
    if one is None or one.forecast.state not in AT_RISK:
        return None
    found = one.forecast
    lacking = duration(found.lacking) if not one.pinned.policy.by_sessions else str(found.lacking)
    return CatchUp(
        bool(found.lacking),
        state_words(found),
        _("A make-up session of at least %(time)s brings it back into reach.") % {"time": lacking}
        if found.lacking
        else "",
        sessions,
    )


def offer_group(found: Alternatives | None, language: str) -> dict[str, Any] | None:
    """The other courses to catch up with, as the tab of courses shows offers; None where the mark is not in danger."""
    if found is None:
        return None
    offers = [
        {**course_line(one.match.course, language), "match": _with_forecast(one)} for one in found.offers[:OFFERS_SHOWN]
    ]
    title = component_word(found.component, language)
    return {"code": found.component, "title": title, "offers": offers, "count": len(found.offers)}


def _with_forecast(one: Alternative) -> Match:
    """The offer with what it would come to as its first reason."""
    words = {"best": one_decimal(one.forecast.best_share), "mark": percent(one.forecast.threshold)}
    first = [Reason(one.saves, _("With this course at best %(best)s; the mark is %(mark)s") % words, 0, "forecast")]
    if one.instead:
        first.append(Reason(None, _("At the same time as a present course: in its place"), 0, "instead"))
    return replace(one.match, reasons=(*first, *one.match.reasons))


def outlook_words(row: Any) -> str:
    """The stored forecast of a list row, shortly."""
    if row.state == "out_of_reach" and row.planned:
        return _("out of reach, at best %(best)s") % {"best": one_decimal_of(row.best, row.planned)}
    if row.state in ("tight", "reachable"):
        number = row.can_miss_lessons
        if not number:
            return _("can miss no more lesson")
        return ngettext("can miss %(number)d more lesson", "can miss %(number)d more lessons", number) % {
            "number": number
        }
    return {"reached": _("reached"), "no_threshold": _("no threshold found")}.get(row.state, "–")


def one_decimal_of(part: int, whole: int) -> str:
    """A share of two stored sums."""
    return one_decimal(Fraction(part, whole))
