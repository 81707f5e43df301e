"""An example as a form: a person, a day, and what is expected; what is left open is not compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from pathways.rules import RuleSet
from pathways.web.fact_fields import date_widget
from pathways.web.names import outcome_word
from pathways.web.policy.previews.figures import ORDER, REQUIREMENTS
from pathways.web.policy.previews.person_form import PersonForm
from pathways.web.policy.previews.words import RuleSetWords

NONE = "none"
KEPT = ("possible_outcomes", "missing_facts", "certificate", "fees")
"""What an example may also expect and this form doesn't show; it stays as it was."""


class ExampleForm(PersonForm):
    """`example` is the raw example of the document to start from."""

    def __init__(self, *args: Any, rule_set: RuleSet, example: Mapping[str, Any], language: str, **more: Any) -> None:
        """Fields for each component and deadline of the rule set."""
        super().__init__(*args, rule_sets=[rule_set], facts=example.get("facts"), language=language, **more)
        self.rule_set, self.example = rule_set, example
        expect, words = example.get("expect", {}), RuleSetWords(rule_set, language)
        own = {
            "name": forms.CharField(label=_("Name"), max_length=200, initial=example.get("name")),
            "on": forms.DateField(label=_("Day"), widget=date_widget(), initial=example.get("on")),
            "outcome": forms.ChoiceField(
                label=_("Outcome"),
                choices=[(code, outcome_word(code)) for code in ORDER],
                initial=expect.get("outcome"),
            ),
            "rule": forms.ChoiceField(
                label=_("By rule"),
                required=False,
                choices=[("", _("Any")), *((one.code, words.rule(one.code)) for one in rule_set.statuses)],
                initial=expect.get("rule"),
            ),
        }
        for each in rule_set.components:
            own[f"component-{each.code}"] = forms.ChoiceField(
                label=each.title[language],
                required=False,
                choices=[("", _("Not compared")), *((code, str(word)) for code, word in REQUIREMENTS.items())],
                initial=(expect.get("components") or {}).get(each.code),
            )
        for term in rule_set.deadlines:
            wanted = expect.get("deadlines") or {}
            own[f"deadline-{term.code}"] = forms.DateField(
                label=term.title[language], required=False, widget=date_widget(), initial=wanted.get(term.code)
            )
            own[f"nodate-{term.code}"] = forms.BooleanField(
                label=_("No deadline runs"),
                required=False,
                initial=term.code in wanted and wanted[term.code] is None,
            )
        self.fields = own | self.fields

    def expected_components(self) -> Iterator[BoundField]:
        """What is expected of each component."""
        return (self[f"component-{each.code}"] for each in self.rule_set.components)

    def expected_deadlines(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each deadline: its day, and that none runs."""
        return ((self[f"deadline-{each.code}"], self[f"nodate-{each.code}"]) for each in self.rule_set.deadlines)

    def clean(self) -> dict[str, Any]:
        """A deadline has a day or none runs, not both."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for each in self.rule_set.deadlines:
            if cleaned.get(f"deadline-{each.code}") and cleaned.get(f"nodate-{each.code}"):
                self.add_error(f"deadline-{each.code}", _("Give a day, or say that no deadline runs."))
        return cleaned

    def written(self) -> dict[str, Any]:
        """The example as the document writes it."""
        data = self.cleaned_data
        before: Mapping[str, Any] = self.example.get("expect", {})
        expect: dict[str, Any] = {"outcome": data["outcome"]}
        if data["rule"]:
            expect["rule"] = data["rule"]
        components = {each.code: data[f"component-{each.code}"] for each in self.rule_set.components}
        if given := {code: asked for code, asked in components.items() if asked}:
            expect["components"] = given
        if deadlines := self._deadlines():
            expect["deadlines"] = deadlines
        expect |= {key: before[key] for key in KEPT if key in before and self._still_holds(key)}
        vector = {"vector": self.example["vector"]} if "vector" in self.example else {}
        return {"name": data["name"], **vector, "on": data["on"].isoformat(), "facts": self._facts(), "expect": expect}

    def _still_holds(self, key: str) -> bool:
        """Possible outcomes and missing facts belong to an undecided person."""
        return self.cleaned_data["outcome"] == "undecided" or key not in ("possible_outcomes", "missing_facts")

    def _deadlines(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for each in self.rule_set.deadlines:
            day = self.cleaned_data[f"deadline-{each.code}"]
            if day or self.cleaned_data[f"nodate-{each.code}"]:
                found[each.code] = day.isoformat() if day else None
        return found

    def _facts(self) -> dict[str, Any]:
        """Those of the form, and progress facts that the example had: no field shows them."""
        kept = {name: value for name, value in (self.example.get("facts") or {}).items() if name not in self.known}
        return {**self.facts(), **kept}
