"""What holds for the person now, as an honest page of its own: decided or not, freed, paused, late, finished, closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.actions import CloseReason
from pathways.outcomes.models import Duty
from pathways.web.portal.pathway.words import PlainWords
from pathways.web.shell import route

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from pathways.cases.models import Case
    from pathways.web.portal.pathway.reads import HomeReads

FOLLOWS = frozenset({"obliged", "entitled", "suspended", "breach"})
"""States in which the first page also shows how the lessons go."""
WITH_PATH = FOLLOWS | {"finished", "closed"}
"""States in which there is a path to show, or was one."""
FIRST = frozenset({"breach", "suspended", "finished", "closed", "empty"})
"""States that are said before the next step."""

DUTIES: dict[str, _StrPromise] = {
    Duty.NOT_REPORTED: gettext_lazy("You did not come to your office in time."),
    Duty.NOT_SIGNED: gettext_lazy("You did not sign your contract in time."),
    Duty.IRREGULAR: gettext_lazy("You missed too many lessons."),
    Duty.STOPPED_EARLY: gettext_lazy("You stopped too early."),
    Duty.NOT_COMPLETED: gettext_lazy("You did not finish in time."),
}
BREACH_STATES: dict[str, _StrPromise] = {
    "open": gettext_lazy("Your office looks at it. You do not have a fine."),
    "warned": gettext_lazy("We sent you a reminder. You can still put it right."),
    "noticed": gettext_lazy("We sent you a letter. You can still put it right."),
    "transferred": gettext_lazy("An enforcement officer looks at it. You do not have a fine."),
    "invited": gettext_lazy("You can tell us your side before anybody decides."),
    "heard": gettext_lazy("We have your answer. An officer decides now."),
    "fined": gettext_lazy("You have a fine to pay. You can object."),
    "reminded": gettext_lazy("You have not paid your fine yet. You can object."),
    "collecting": gettext_lazy("Another service collects your fine. You can object."),
    "appealed": gettext_lazy("You objected to the fine. We wait for the answer."),
}
"""Where a breach file is, for the person it is about."""

CLOSED: dict[str, _StrPromise] = {
    CloseReason.MOVED: gettext_lazy("You moved to another region. Your new office helps you there."),
    CloseReason.EMIGRATED: gettext_lazy("You left Belgium."),
    CloseReason.NOT_TARGETED: gettext_lazy("The programme is not for you."),
    CloseReason.MISTAKE: gettext_lazy("We opened your file by mistake."),
    CloseReason.COMPLETED: gettext_lazy("You have finished your programme."),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """A state with its sentences and at most one button (`href` "" for none). `code` names it in pages and tests."""

    code: str
    title: str
    icon: str
    texts: tuple[str, ...] = ()
    button: str = ""
    href: str = ""

    @property
    def follows(self) -> bool:
        """Whether there are lessons to follow."""
        return self.code in FOLLOWS

    @property
    def has_path(self) -> bool:
        """Whether there is a path to show."""
        return self.code in WITH_PATH

    @property
    def first(self) -> bool:
        """Whether this is the first thing to know."""
        return self.code in FIRST

    @property
    def quiet(self) -> bool:
        """Whether the next step says enough: the state stands with "Why?"."""
        return self.code == "obliged"


def no_case() -> Situation:
    """Nobody has opened a case for this person yet."""
    texts = (_("Your office opens your file. Then you see your path here."), _("Nothing is asked of you now."))
    return Situation("empty", _("We have no file for you yet"), "file-unknown", texts)


def situation_of(reads: HomeReads, words: PlainWords, *, certificate_href: str) -> Situation:
    """The state that says most: finished, closed, paused, a breach file, or what was decided."""
    case = reads.case
    if case.facts.certified_on is not None or case.close_reason == CloseReason.COMPLETED:
        return _finished(reads, words, certificate_href)
    if case.closed_on is not None:
        return _closed(case, words)
    if reads.suspension is not None:
        return _suspended(reads, words)
    if reads.breach is not None:
        return _breach(reads)
    return _decided(reads, words)


def _finished(reads: HomeReads, words: PlainWords, href: str) -> Situation:
    day = reads.case.facts.certified_on
    texts = [_("You finished on %(day)s.") % {"day": words.day(day)}] if day else []
    texts.append(_("Your certificate is here.") if href else _("You get your certificate from your office."))
    title = _("Well done! You have finished.")
    return Situation("finished", title, "certificate", tuple(texts), _("Open my certificate") if href else "", href)


def _closed(case: Case, words: PlainWords) -> Situation:
    assert case.closed_on is not None
    reason = CLOSED.get(case.close_reason, "")
    since = _("Your file is closed since %(day)s.") % {"day": words.day(case.closed_on)}
    texts = (since, str(reason), _("You can still read your papers."))
    return Situation("closed", _("Your file is closed"), "lock", tuple(filter(None, texts)))


def _suspended(reads: HomeReads, words: PlainWords) -> Situation:
    assert reads.suspension is not None
    last = reads.suspension.last_day
    title = _("Your programme is paused")
    texts = [_("The pause lasts until %(day)s.") % {"day": words.weekday(last)}] if last else []
    texts.append(_("You do not have to come to lessons now."))
    if reads.suspension.stops_terms:
        texts.append(_("We add the days of the pause to your deadlines."))
    return Situation("suspended", title, "player-pause", tuple(texts))


def _breach(reads: HomeReads) -> Situation:
    assert reads.breach is not None
    file = reads.breach.file
    texts = [str(DUTIES[file.duty]), str(BREACH_STATES[file.state])]
    href = route("portal:breach")
    return Situation(
        "breach",
        _("You have not done something that you must do"),
        "alert-triangle",
        tuple(texts),
        _("See every step") if href else "",
        href,
    )


def _decided(reads: HomeReads, words: PlainWords) -> Situation:
    """What the rules say."""
    since = reads.known.explanation.obliged_since if reads.known.explanation else None
    found = {
        "obliged": Situation("obliged", _("You must follow the programme"), "gavel"),
        "entitled": Situation(
            "entitled",
            _("You may follow the programme"),
            "circle-check",
            (_("You do not have to. You can choose."),),
        ),
        "exempt": Situation(
            "exempt",
            _("You do not have to follow the programme"),
            "shield",
            (_("There is a reason in the law for this."), _("Do you want to follow it? Ask your office.")),
        ),
        "postponed": Situation(
            "postponed",
            _("You do not have to start yet"),
            "player-pause",
            (_("Later you may have to. We will tell you in time."),),
        ),
        "not_targeted": Situation(
            "not_targeted",
            _("The programme is not for you"),
            "circle-minus",
            (_("Nothing is asked of you now."), _("Did something change in your life? Tell us.")),
        ),
        "undecided": Situation(
            "undecided",
            _("We do not know yet what applies to you"),
            "help-circle",
            (_("Some information is missing. Nothing is asked of you until we know."),),
        ),
    }[reads.outcome]
    if reads.outcome == "obliged" and since:
        text = _("You must do this since %(day)s.") % {"day": words.day(since)}
        return Situation(found.code, found.title, found.icon, (text,))
    return found
