"""What is wrong, or at least worth a look, in a rule set: each finding proven, or said to be not settled."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pathways.rules.analysing.persons import NOT_SETTLED, Goal, Searcher, person_for
from pathways.rules.analysing.truths import F, T, U
from pathways.rules.catalogue import Fact
from pathways.rules.conditions import Always, Node, facts_in, walk
from pathways.rules.lines import CONFIDENCES
from pathways.rules.rule_sets import Law, RuleSet

SURE = ("verified", "seed")


@dataclass(frozen=True)
class Place:
    """A condition of a rule set: section, code of the item, and which of its conditions."""

    section: str
    code: str
    key: str
    node: Node


@dataclass(frozen=True)
class Finding:
    """Something to look at; `kind` tells what.

    `never` can never be true; `hidden` by the earlier rules in `by`; `no_component`, `no_deadline`: an obliged person for
    whom none applies. `proven` is False where the search gave up: neither shown nor ruled out. `person` holds facts that show it.
    """

    kind: str
    place: Place
    proven: bool
    by: tuple[str, ...] = ()
    person: Mapping[str, Any] = field(default_factory=dict)


def places(rule_set: RuleSet) -> Iterator[Place]:
    """Every condition over the facts of a person, in the order of the document."""
    for status in rule_set.statuses:
        yield Place("statuses", status.code, "when", status.when.node)
    for component in rule_set.components:
        yield Place("components", component.code, "required_when", component.required_when.node)
        yield Place("components", component.code, "offered_when", component.offered_when.node)
    for deadline in rule_set.deadlines:
        yield Place("deadlines", deadline.code, "applies_when", deadline.applies_when.node)
        if deadline.extension:
            yield Place("deadlines", deadline.code, "extension", deadline.extension.applies_when.node)
    for fee in rule_set.fees:
        yield Place("fees", fee.code, "applies_when", fee.applies_when.node)


def facts_used(rule_set: RuleSet) -> dict[Fact, list[Place]]:
    """The facts that the conditions read, each with where."""
    found: dict[Fact, list[Place]] = {}
    for place in places(rule_set):
        for fact in dict.fromkeys(fact for part in walk(place.node) for fact in facts_in(part)):
            found.setdefault(fact, []).append(place)
    return found


def analyse(rule_set: RuleSet, *, on: dt.date) -> list[Finding]:
    """Rules that can never be true, rules hidden by earlier ones, and gaps, on day `on`."""
    found = list(places(rule_set))
    searcher = Searcher((place.node for place in found), on=on)
    never = list(_never(found, searcher))
    dead = {finding.place.code for finding in never if finding.place.section == "statuses" and finding.proven}
    return [*never, *_hidden(rule_set, searcher, dead), *_gaps(rule_set, searcher)]


def _never(found: Iterable[Place], searcher: Searcher) -> Iterator[Finding]:
    for place in found:
        if isinstance(place.node, Always):
            continue  # "never" written as such is meant
        person = searcher.find([Goal(place.node, T)])
        if person is None or person == NOT_SETTLED:
            yield Finding("never", place, proven=person is None)


def _hidden(rule_set: RuleSet, searcher: Searcher, dead: set[str]) -> Iterator[Finding]:
    for number, status in enumerate(rule_set.statuses):
        if status.code in dead or number == 0 or status.when.node == Always(value=False):
            continue
        earlier = rule_set.statuses[:number]
        goals = [Goal(status.when.node, T), *(Goal(one.when.node, F | U) for one in earlier)]
        person = searcher.find(goals)
        if isinstance(person, Mapping):
            continue
        place = Place("statuses", status.code, "when", status.when.node)
        alone = [one.code for one in earlier if searcher.find([goals[0], Goal(one.when.node, F | U)]) is None]
        by = alone[:1] or [one.code for one in earlier]
        yield Finding("hidden", place, proven=person is None, by=tuple(by) if person is None else ())


def _gaps(rule_set: RuleSet, searcher: Searcher) -> Iterator[Finding]:
    """Obliged persons of whom nothing is asked, or for whom no term runs."""
    for kind, nodes in (
        ("no_component", [one.required_when.node for one in rule_set.components]),
        ("no_deadline", [one.applies_when.node for one in rule_set.deadlines]),
    ):
        if not nodes:
            continue
        for number, status in enumerate(rule_set.statuses):
            if status.outcome != "obliged":
                continue
            goals = [*deciding(rule_set, number), *(Goal(node, F) for node in nodes)]
            person = searcher.find(goals)
            if isinstance(person, Mapping):
                place = Place("statuses", status.code, "when", status.when.node)
                yield Finding(kind, place, proven=True, person=person_for(person))


def deciding(rule_set: RuleSet, number: int, fixed: Mapping[Fact, Any] | None = None) -> list[Goal]:
    """The goals of a person whom the status of that number (from 0) decides, and no earlier one."""
    given = fixed or {}
    earlier = rule_set.statuses[:number]
    return [Goal(rule_set.statuses[number].when.node, T, given), *(Goal(one.when.node, F, given) for one in earlier)]


def outcomes_without_example(rule_set: RuleSet, reached: Iterable[str]) -> list[str]:
    """The outcomes that some status gives and no example reaches; `reached` are the outcomes of the examples as run."""
    known = set(reached)
    return [outcome for outcome in dict.fromkeys(one.outcome for one in rule_set.statuses) if outcome not in known]


def doubtful_laws(rule_set: RuleSet) -> list[tuple[str, str, Law]]:
    """(section, code, law) of every item whose source is below a checked one, the least certain first."""
    sections: Sequence[tuple[str, Sequence[Any]]] = [
        (name, getattr(rule_set, name))
        for name in ("statuses", "components", "deadlines", "grounds", "sanctions", "fees")
    ]
    found = [
        (name, item.code, item.law) for name, items in sections for item in items if item.law.confidence not in SURE
    ]
    return sorted(found, key=lambda each: CONFIDENCES.index(each[2].confidence))


def person_deciding(rule_set: RuleSet, code: str, *, on: dt.date) -> Mapping[str, Any] | None:
    """The facts of a person whom the status of that code decides on day `on`; None where there is none, or none was found."""
    number = next(place for place, status in enumerate(rule_set.statuses) if status.code == code)
    searcher = Searcher((status.when.node for status in rule_set.statuses), on=on)
    found = searcher.find(deciding(rule_set, number))
    return person_for(found) if isinstance(found, Mapping) else None
