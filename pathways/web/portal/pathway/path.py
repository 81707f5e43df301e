"""The path as a vertical line: the same stops as at the office, with what each is waiting for in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pathways.agreements.models import ContractVersion
from pathways.cases.deciding import rule_set_by_id
from pathways.cases.queries import Stop
from pathways.cases.queries.pathway import pathway_stops
from pathways.courses.models import Enrolment
from pathways.web.portal.pathway.words import PlainWords

if TYPE_CHECKING:
    from pathways.web.portal.pathway.lessons import AttendanceLine, LessonLine
    from pathways.web.portal.pathway.reads import HomeReads

CERTIFICATE = "certificate"


def path_stops(
    reads: HomeReads, lines: list[AttendanceLine], following: LessonLine | None, words: PlainWords
) -> list[dict[str, Any]]:
    """The stops as the pathway component draws them; what the rules call met is done. None of a case that led nowhere."""
    decision = getattr(reads.case, "decision", None)
    trajectory = rule_set_by_id(decision.trajectory_rule_set_id) if decision else None
    components = decision.components if decision else 0
    found = pathway_stops(trajectory=trajectory, components=components, facts=reads.facts)
    states = _states(found, reads)
    if reads.case.closed_on is not None and "done" not in states:
        return []
    attended = {line.code: line.came for line in lines}
    return [
        {
            "title": _title(stop, reads, words),
            "state": state,
            "lines": list(_lines(stop, state, reads, attended, following, words)),
            "tag": _("You are here") if state == "here" else "",
            "pause": reads.suspension is not None and state == "here",
        }
        for stop, state in zip(found, states, strict=True)
    ]


def _states(found: list[Stop], reads: HomeReads) -> list[str]:
    """Done, then the stop where the person is, the next one, and those that come later."""
    taking_part = {one.course.component for one in reads.enrolments if one.state != Enrolment.State.WAITING}
    done = [stop.state == "done" or reads.met.get(stop.code) is True for stop in found]
    closed = reads.case.closed_on is not None
    here = next((number for number, stop in enumerate(found) if not done[number] and stop.code in taking_part), None)
    if here is None:
        here = next((number for number, reached in enumerate(done) if not reached), None)
    ahead = [number for number, reached in enumerate(done) if not reached and number != here]
    following = next((number for number in ahead if here is not None and number > here), None)
    names = []
    for number, reached in enumerate(done):
        if reached:
            names.append("done")
        elif closed:
            names.append("later")
        else:
            names.append("here" if number == here else "next" if number == following else "later")
    return names


def _title(stop: Stop, reads: HomeReads, words: PlainWords) -> str:
    if stop.component is None:
        return _("Certificate")
    title = words.text(stop.component.title)
    level = stop.component.target_level
    return f"{title} {level}" if level and level not in title else title


def _lines(
    stop: Stop,
    state: str,
    reads: HomeReads,
    attended: dict[str, str],
    following: LessonLine | None,
    words: PlainWords,
) -> Iterator[str]:
    if state == "done":
        yield _("Done on %(day)s") % {"day": words.day(stop.reached_on)} if stop.reached_on else _("Done")
    elif stop.requirement == "offered":
        yield _("You may do this. You do not have to.")
    elif stop.requirement == "undecided":
        yield _("We do not know yet if you must do this.")
    if stop.code == "contract" and reads.contract and reads.contract.state == ContractVersion.State.OFFERED:
        yield _("There is a new version to sign.") if state == "done" else _("It is ready to sign.")
    if state != "done" and stop.code in attended:
        yield attended[stop.code]
    if state == "here" and following and following.session.course.component == stop.code:
        values = {"day": words.weekday(following.day), "time": following.starts}
        today = following.day == reads.on
        yield (_("Next lesson today at %(time)s") % values if today else _("Next lesson: %(day)s at %(time)s") % values)
