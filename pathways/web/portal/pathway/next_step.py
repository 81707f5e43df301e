"""The one thing to do next: what the law asks first, then what was agreed, then what comes by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pathways.agreements.models import ContractVersion
from pathways.courses.models import Enrolment, Session
from pathways.meetings.papers import title_of
from pathways.rules import COMPONENT_LABELS
from pathways.web.portal.pathway.lessons import lesson_line, place_of
from pathways.web.portal.pathway.words import PlainWords, left_words
from pathways.web.shell import route

if TYPE_CHECKING:
    from pathways.meetings.models import Appointment
    from pathways.web.portal.pathway.reads import HomeReads

FOLLOWING = frozenset({"obliged", "entitled"})
COURSES = ("language", "social_orientation", "career_orientation")


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, by when, and the one button: `route` is tried first, then `otherwise`; without either there is no button.

    `day` is its last day, or with `fixed` the day itself; `notes` are sentences below it.
    """

    title: str
    button: str = ""
    route: str = ""
    otherwise: str = ""
    query: str = ""
    day: dt.date | None = None
    fixed: bool = False
    when: str = ""
    left: str = ""
    notes: tuple[str, ...] = ()
    place: str = ""
    map_url: str = ""

    @property
    def href(self) -> str:
        """Where the button leads, "" where there is no such page."""
        found = next(filter(None, map(route, filter(None, [self.route, self.otherwise]))), "")
        return f"{found}?{self.query}" if found and self.query else found


def next_step(reads: HomeReads, words: PlainWords) -> NextStep | None:
    """The first thing that is to be done; None where there is nothing."""
    for found in CANDIDATES:
        if (step := next(iter(found(reads, words)), None)) is not None:
            return _dated(step, reads, words)
    return None


def _dated(step: NextStep, reads: HomeReads, words: PlainWords) -> NextStep:
    """The same with its day in words."""
    if step.day is None or step.when:
        return step
    day = words.weekday(step.day)
    if step.fixed:
        return replace(step, when=_("Today") if step.day == reads.on else day)
    return replace(step, when=_("On %(day)s at the latest") % {"day": day}, left=left_words(step.day, on=reads.on))


def _breach(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    if (breach := reads.breach) and breach.file.state != "open":
        runs = breach.clock.ends_on if breach.clock and not breach.clock.is_over(reads.on) else None
        payable = breach.file.state in ("fined", "reminded", "collecting")
        title = _("You got a fine") if payable else _("Answer the letter of your office")
        yield NextStep(title, _("Read and answer"), "portal:breach", "portal:papers", day=runs)


def _signature(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    version = reads.contract
    if version and version.state == ContractVersion.State.OFFERED:
        term = reads.term("contract")
        title = _("Sign your contract") if version.number == 1 else _("Sign your new contract")
        day = term.due_on if term else None
        yield NextStep(title, _("Start, about 5 minutes"), "portal:contract", "portal:papers", day=day)


def _offered_place(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    for one in reads.enrolments:
        if one.state == Enrolment.State.WAITING and one.offered_on and one.offered_until:
            title = _("There is a place for you in a course")
            notes = (one.course.title,)
            yield NextStep(
                title, _("Answer now"), "portal:courses", "portal:messages", day=one.offered_until, notes=notes
            )


def _talk(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    for talk in reads.talks:
        yield _of_talk(talk, reads, words)


def _of_talk(talk: Appointment, reads: HomeReads, words: PlainWords) -> NextStep:
    start = localtime(talk.starts_at)
    day = _("Today") if start.date() == reads.on else words.weekday(start.date())
    place = place_of(talk.place or talk.office.name, talk.office.city)
    return NextStep(
        title=_("Come to your appointment"),
        button=_("See or change it"),
        route="portal:appointments",
        otherwise="portal:calendar",
        day=start.date(),
        fixed=True,
        when=_("%(day)s at %(time)s") % {"day": day, "time": start.strftime("%H:%M")},
        place=place.name,
        map_url=place.map_url,
    )


def _missing(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    decision = getattr(reads.case, "decision", None)
    asked = list(decision.missing or ()) if decision else []
    if reads.outcome == "undecided" and asked:
        notes = tuple(words.fact(name) for name in asked)
        query = f"about=fact:{asked[0]}"
        yield NextStep(
            _("Tell us what we do not know"), _("Tell us"), "portal:correction", "portal:messages", query, notes=notes
        )


def _programme(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    """In Brussels people choose between two programmes."""
    if reads.case.programme is None and reads.outcome in FOLLOWING:
        notes = (_("You can follow it in Dutch or in French."),)
        yield NextStep(_("Choose your programme"), _("Tell your office"), "portal:messages", notes=notes)


def _first_contact(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    if reads.outcome in FOLLOWING and reads.case.facts.office_registered_on is None:
        term = reads.term("first_contact")
        title = _("Choose a day for your first talk")
        day = term.due_on if term else None
        yield NextStep(title, _("Choose a day"), "portal:appointments", "portal:messages", day=day)


def _paper(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    for paper in reads.papers:
        notes = (words.text(title_of(reads.case, paper.code)),)
        yield NextStep(
            _("Send us a paper"), _("Send it"), "portal:messages", "portal:papers", day=paper.due_on, notes=notes
        )


def _course(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    """Somebody who has signed and is in no course chooses one."""
    signed = reads.contract and reads.contract.state == ContractVersion.State.SIGNED
    wanted = [code for code in COURSES if code in _required(reads) and reads.met.get(code) is not True]
    if signed and not reads.enrolments and wanted:
        notes = tuple(words.text(COMPONENT_LABELS[code]) for code in wanted)
        term = reads.term("completion")
        yield NextStep(
            _("Choose a course"),
            _("See the courses"),
            "portal:courses",
            "portal:messages",
            day=term.due_on if term and term.due_on and term.due_on >= reads.on else None,
            notes=notes,
        )


def _required(reads: HomeReads) -> frozenset[str]:
    parts = reads.known.explanation.components if reads.known.explanation else ()
    return frozenset(part.code for part in parts if part.requirement == "required")


def _lesson(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    for lesson in reads.lessons:
        if lesson.state != Session.State.CANCELLED:
            yield _of_lesson(lesson, reads, words)


def _of_lesson(lesson: Session, reads: HomeReads, words: PlainWords) -> NextStep:
    start, line = localtime(lesson.starts_at), lesson_line(lesson, words)
    day = _("Today") if start.date() == reads.on else words.weekday(start.date())
    return NextStep(
        title=_("Go to your lesson"),
        button=_("See my lessons"),
        route="portal:calendar",
        day=start.date(),
        fixed=True,
        when=_("%(day)s at %(time)s") % {"day": day, "time": start.strftime("%H:%M")},
        notes=(lesson.course.title,),
        place=", ".join(filter(None, [line.provider, line.place.name])) if not line.online else "",
        map_url=line.place.map_url,
    )


def _wait_for_contract(reads: HomeReads, words: PlainWords) -> Iterator[NextStep]:
    if reads.outcome in FOLLOWING and reads.case.facts.contract_signed_on is None:
        term = reads.term("contract")
        notes = (_("Your office prepares your contract. You can read and sign it here."),)
        title = _("Wait for your contract")
        yield NextStep(title, _("Ask your office"), "portal:messages", day=term.due_on if term else None, notes=notes)


Candidate = Callable[["HomeReads", PlainWords], Iterator[NextStep]]
CANDIDATES: tuple[Candidate, ...] = (
    _breach,
    _signature,
    _offered_place,
    _talk,
    _missing,
    _programme,
    _first_contact,
    _paper,
    _course,
    _lesson,
    _wait_for_contract,
)
"""In the order in which they are asked; the first that has something is the next step."""
