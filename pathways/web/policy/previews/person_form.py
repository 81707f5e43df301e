"""Facts of a made-up person as a form: first those that the rules read, then all others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from pathways.rules import FACTS, GROUP_LABELS, Fact, RuleSet
from pathways.rules.analysing import facts_used
from pathways.web.fact_fields import field_of, initial_of

PREFIX = "fact-"


def facts_asked(rule_sets: Iterable[RuleSet], given: Iterable[str] = ()) -> dict[str, Fact]:
    """The facts that the rules read, own ones included, and those given already."""
    found: dict[str, Fact] = {}
    for rule_set in rule_sets:
        found |= {fact.name: fact for fact in facts_used(rule_set)}
        dates = (*rule_set.duty_selector, *(name for one in rule_set.deadlines for name in one.starts_at))
        found |= {name: FACTS[name] for name in dates if name in FACTS}
        found |= {
            name: rule_set.own.get(name) or FACTS[name] for name in given if name in rule_set.own or name in FACTS
        }
    return {fact.name: fact for fact in sorted(found.values(), key=_place)}


def _place(fact: Fact) -> tuple[int, int]:
    groups, names = list(GROUP_LABELS), list(FACTS)
    return groups.index(fact.group), names.index(fact.name) if fact.name in FACTS else len(names)


class PersonForm(forms.Form):
    """A person by their facts; subclasses add what belongs to them. Blank is not known."""

    def __init__(
        self,
        *args: Any,
        rule_sets: Iterable[RuleSet],
        facts: Mapping[str, Any] | None = None,
        language: str,
        **more: Any,
    ) -> None:
        """`facts` are those to start from."""
        super().__init__(*args, **more)
        self.asked = facts_asked(rule_sets, facts or {})
        others = {name: fact for name, fact in FACTS.items() if name not in self.asked and fact.recordable}
        self.known: dict[str, Fact] = {**self.asked, **others}
        for name, fact in self.known.items():
            field = field_of(fact, language)
            field.initial = _shown(name, (facts or {}).get(name))
            self.fields[f"{PREFIX}{name}"] = field

    def asked_fields(self) -> Iterator[BoundField]:
        """The facts that the rules read."""
        return (self[f"{PREFIX}{name}"] for name in self.asked)

    def other_fields(self) -> Iterator[BoundField]:
        """All other facts."""
        return (self[f"{PREFIX}{name}"] for name in self.known if name not in self.asked)

    @property
    def others_given(self) -> bool:
        """Whether one of the other facts has a fault or a value."""
        return any(field.errors or field.value() not in (None, "") for field in self.other_fields())

    def facts(self) -> dict[str, Any]:
        """The facts given, as the document of a rule set writes them."""
        given = {name: self.cleaned_data.get(f"{PREFIX}{name}") for name in self.known}
        return {name: _written(value) for name, value in given.items() if value not in (None, "")}


def _shown(name: str, value: Any) -> Any:
    return initial_of(name, value) if value is not None else None


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
