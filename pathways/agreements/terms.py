"""What may be agreed: the terms of a version held against what the rules ask, and against the version before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from pathways.agreements.errors import TermProblem
from pathways.agreements.models import ContractVersion, How
from pathways.rules import LEVELS, Component, Ground

MOST_HOURS = 3000


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What the rules ask or offer of one component, and what may be chosen for it."""

    component: Component
    requirement: str
    languages: tuple[str, ...]
    grounds: tuple[Ground, ...]

    @property
    def code(self) -> str:
        """The code of the component."""
        return self.component.code


@dataclass(frozen=True, kw_only=True)
class ItemTerms:
    """What is agreed about one component."""

    component: str
    how: str
    hours: Decimal | None = None
    level: str = ""
    language: str = ""
    goal: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    evidence: str = ""
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a version says."""

    starts_on: dt.date
    ends_on: dt.date
    reason: str
    items: tuple[ItemTerms, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions. `component` is "" for what concerns the whole contract."""

    component: str
    field: str
    before: Any
    after: Any


def terms_of(version: ContractVersion) -> Terms:
    """The terms of a stored version; its items are read unless they were fetched with it."""
    names = [field.name for field in fields(ItemTerms)]
    items = tuple(ItemTerms(**{name: getattr(item, name) for name in names}) for item in version.items.all())
    return Terms(starts_on=version.starts_on, ends_on=version.ends_on, reason=version.reason, items=items)


def differences(before: Terms, after: Terms) -> list[Change]:
    """What changes from one version to the next, in the order of the contract. The reason of each is its own."""
    found = [
        Change("", name, getattr(before, name), getattr(after, name))
        for name in ("starts_on", "ends_on")
        if getattr(before, name) != getattr(after, name)
    ]
    known = {item.component: item for item in before.items}
    for item in after.items:
        found += _changes(known.pop(item.component, None), item)
    return found + [Change(item.component, "how", item.how, None) for item in known.values()]


def _changes(before: ItemTerms | None, after: ItemTerms) -> Iterator[Change]:
    if before is None:
        yield Change(after.component, "how", None, after.how)
        return
    for field in fields(ItemTerms):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield Change(after.component, field.name, old, new)


def find_problems(terms: Terms, asks: Iterable[Ask], *, legal_end: dt.date | None, amends: bool) -> list[TermProblem]:
    """What these terms lack. `legal_end` is the day by which the law wants the pathway completed."""
    agreed = {item.component: item for item in terms.items}
    found = list(_whole(terms, legal_end, amends=amends))
    for ask in asks:
        item = agreed.get(ask.code)
        if item is None or item.how not in How.values:
            found.append(TermProblem(ask.code, "how", _("Nothing is agreed about this part."), _("Choose one.")))
        else:
            found += _CHECKS[How(item.how)](item, ask)
            found += _dates(item, terms)
    return found


def _whole(terms: Terms, legal_end: dt.date | None, *, amends: bool) -> Iterator[TermProblem]:
    if terms.ends_on < terms.starts_on:
        yield TermProblem("", "ends_on", _("The contract ends before it begins."), _("Choose a later day."))
    if terms.reason:
        return
    if amends:
        yield TermProblem("", "reason", _("A change of a contract needs a reason."), _("Write why it changes."))
    elif legal_end and terms.ends_on > legal_end:
        message = _("The contract ends after the day by which the law wants the pathway completed.")
        yield TermProblem("", "reason", message, _("Write why, or choose an earlier day."))


def _follow(item: ItemTerms, ask: Ask) -> Iterator[TermProblem]:
    """A part to follow has a goal; less than the rules plan needs a reason."""
    if ask.languages and item.language not in ask.languages:
        yield TermProblem(ask.code, "language", _("The language is missing."), _("Choose the language to learn."))
    if not item.goal:
        yield TermProblem(ask.code, "goal", _("The goal is missing."), _("Write what the person works towards."))
    if item.hours is not None and not 0 < item.hours <= MOST_HOURS:
        message = _("The hours must be more than 0 and at most %(most)d.") % {"most": MOST_HOURS}
        yield TermProblem(ask.code, "hours", message, _("Correct the number, or leave it blank."))
    if item.reason:
        return
    planned = ask.component.planned_hours
    if planned and (item.hours is None or float(item.hours) < planned):
        message = _("The rules plan %(hours)g hours.") % {"hours": planned}
        yield TermProblem(ask.code, "hours", message, _("Plan that many, or write the reason for fewer."))
    if is_lower(item.level, ask.component.target_level):
        message = _("The rules aim at level %(level)s.") % {"level": ask.component.target_level}
        yield TermProblem(ask.code, "level", message, _("Choose that level, or write the reason for a lower one."))


def _recognised(item: ItemTerms, ask: Ask) -> Iterator[TermProblem]:
    """What somebody can do already is recognised on proof."""
    if not item.evidence:
        message = _("The proof is missing.")
        yield TermProblem(ask.code, "evidence", message, _("Name the certificate, test or document, and its date."))


def _left_out(item: ItemTerms, ask: Ask) -> Iterator[TermProblem]:
    """A required part is left out on a ground of the rule set only, an offered one freely."""
    if ask.requirement == "required" and item.ground not in {ground.code for ground in ask.grounds}:
        message = _("The rules require this part.")
        remedy = (
            _("Choose the recognised ground for leaving it out, or agree to follow it.")
            if ask.grounds
            else _("They know no ground for leaving it out. Agree to follow it, or recognise it on proof.")
        )
        yield TermProblem(ask.code, "ground", message, remedy)
    elif ask.requirement == "undecided" and not item.reason:
        yield TermProblem(ask.code, "reason", _("The reason is missing."), _("Write why this part is left out."))


_CHECKS = {How.FOLLOW: _follow, How.RECOGNISED: _recognised, How.LEFT_OUT: _left_out}


def _dates(item: ItemTerms, terms: Terms) -> Iterator[TermProblem]:
    if item.starts_on and item.ends_on and item.ends_on < item.starts_on:
        yield TermProblem(item.component, "ends_on", _("This part ends before it begins."), _("Choose a later day."))
    for name in ("starts_on", "ends_on"):
        day = getattr(item, name)
        if day and terms.starts_on <= terms.ends_on and not terms.starts_on <= day <= terms.ends_on:
            message = _("This day lies outside the contract.")
            yield TermProblem(item.component, name, message, _("Choose a day within it, or change its period."))


def is_lower(level: str, target: str | None) -> bool:
    """Whether a level, blank as the lowest, lies below the target."""
    return bool(target) and (not level or LEVELS.index(level) < LEVELS.index(target or ""))


def cleaned(item: ItemTerms) -> ItemTerms:
    """Without what does not belong to what is agreed: a part that is left out has no hours."""
    if item.how not in How.values:
        return item
    kept = {"component", "how", "reason", *_KEPT[How(item.how)]}
    values = {field.name: getattr(item, field.name) for field in fields(ItemTerms) if field.name in kept}
    return ItemTerms(**values)


_KEPT: dict[How, tuple[str, ...]] = {
    How.FOLLOW: ("hours", "level", "language", "goal", "starts_on", "ends_on"),
    How.RECOGNISED: ("level", "language", "evidence"),
    How.LEFT_OUT: ("ground",),
}
