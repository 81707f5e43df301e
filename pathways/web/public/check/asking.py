"""From answers to facts, from facts to what is still open, and so to the next question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pathways.cases.deciding.open_facts import Open, opened_rule_sets, what_is_open
from pathways.programmes.queries import municipality_in_force
from pathways.rules import PROGRAMMES, Programme, find_fact, source_of
from pathways.rules.catalogue import Fact, Own
from pathways.web.public.check.answers import Answers
from pathways.web.public.check.questions import ALWAYS, NEVER, QUESTIONS, UNKNOWN, Question, question_of

REGIONS = tuple(dict.fromkeys(programme.region for programme in PROGRAMMES.values()))
NOT_ASKED = frozenset({"permit_ordered_on"})
"""Dates that choose a version only beside one that is asked."""

NO_LIMIT = {"permit_months": 999, "stay_limit_months": 2**31 - 1, "works_half_time_months": 0}
"""What "it has no end" or "not at all" means for a number."""


@dataclass(frozen=True)
class Standing:
    """How a reader stands: what is open in each region, and the question to ask next, None where all is decided."""

    answers: Answers
    home: str | None
    regions: Mapping[str, Open]
    open_facts: tuple[str, ...]

    @property
    def question(self) -> Question | None:
        """The next question."""
        return asked_as(self.open_facts[0]) if self.open_facts else None


def standing(answers: Answers, *, on: dt.date) -> Standing:
    """Evaluates the answers. Regions other than the reader's are looked at when asked for, or when there is no home."""
    home = home_region(answers, on=on)
    wanted = REGIONS if answers.everywhere or home is None else (home,)
    if unasked := [name for name in ALWAYS if name not in answers.given]:
        return Standing(answers, home, {}, tuple(unasked))
    regions = {region: open_in(answers, region, on=on) for region in wanted}
    missing = {name for found in regions.values() for name in found.missing}
    return Standing(answers, home, regions, tuple(_in_order(_askable(missing, answers))))


def open_in(answers: Answers, region: str, *, on: dt.date) -> Open:
    """What is open for this reader in a region."""
    programme = own_programme(region)
    facts = facts_in(answers, region, on=on)
    unsettled = region == home_region(answers, on=on) and "registered_in_region_on" not in facts
    # Until it is known when they came to the region, their first registration chooses no version and counts no time.
    since = facts.pop("first_registered_on", None) if unsettled else None
    lines = {"line": programme.duty_line, "trajectory": programme.trajectory_line}
    found = what_is_open(**lines, facts=facts, on=on, since=since)
    if since and found.missing:
        return replace(found, missing=(*found.missing, "first_registration_region", "registered_in_region_on"))
    return found


def own_programme(region: str) -> Programme:
    """The programme of a region whose duty and trajectory are of one line: in Brussels the reader may choose another."""
    found = [one for one in PROGRAMMES.values() if one.region == region]
    return next(one for one in found if one.duty_line == one.trajectory_line)


def home_region(answers: Answers, *, on: dt.date) -> str | None:
    """The region of the municipality answered; None for somebody who does not live in Belgium yet."""
    code = answers.given.get("municipality", "")
    place = municipality_in_force(code, on=on) if code not in {"", UNKNOWN, NEVER} else None
    return place.region if place else None


def facts_in(answers: Answers, region: str, *, on: dt.date) -> dict[str, Any]:
    """The answers as facts of somebody who lives in `region`: where it is not theirs, of somebody who moves there today.

    Who is not registered yet is taken for somebody whom the town registers today.
    """
    facts = {name: value for name, text in answers.given.items() if (value := _fact(name, text)) is not None}
    facts.pop("municipality", None)
    facts["region"] = region
    home, first = home_region(answers, on=on), facts.get("first_registration_region")
    if answers.given.get("first_registered_on") == NEVER or home is None:
        registered = {"first_registered_on": on, "registered_in_region_on": on, "first_registration_region": region}
        return {"register": "foreigners", "legal_stay_since": on, **facts, **registered}
    if region != home:
        facts["registered_in_region_on"] = on
    elif first == home and "first_registered_on" in facts:
        facts["registered_in_region_on"] = facts["first_registered_on"]
    return facts


def _fact(name: str, text: str) -> Any:
    """An answer as the rules read it; None where it says nothing."""
    fact = known_fact(name)
    if fact is None or text == UNKNOWN:
        return None
    if text == NEVER:
        return NO_LIMIT.get(name)
    if fact.type == "bool":
        return text == "yes"
    if fact.type == "int":
        return int(text)
    return dt.date.fromisoformat(text) if fact.type == "date" else text


def known_fact(name: str) -> Fact | None:
    """A fact of the catalogue, or one that a published rule set defines."""
    return find_fact(name) or own_facts().get(name)


def own_facts() -> Own:
    """The facts that published rule sets define themselves."""
    return {name: fact for _number, rule_set in opened_rule_sets() for name, fact in rule_set.own.items()}


def asked_as(name: str) -> Question | None:
    """The question for a fact; None where nobody can answer it."""
    fact = known_fact(name)
    return question_of(fact) if fact and fact.recordable else None


def _askable(missing: Iterable[str], answers: Answers) -> set[str]:
    """The stored facts to ask for: not those answered, not what is set by the software's own acts."""
    sources = {source for name in missing for source in (source_of(name) if find_fact(name) else (name,))}
    return {name for name in sources if name not in answers.given and asked_as(name) is not None and _is_asked(name)}


def _is_asked(name: str) -> bool:
    fact = known_fact(name)
    return fact is not None and fact.group != "acts" and name not in NOT_ASKED


def _in_order(names: Iterable[str]) -> list[str]:
    places = {name: place for place, name in enumerate(QUESTIONS)}
    found = sorted(names, key=lambda name: (places.get(name, len(places)), name))
    if "first_registration_region" in found:  # whoever never moved is not asked when they came
        found = [name for name in found if name != "registered_in_region_on"]
    return found
