"""Form fields made from the fact catalogue: one place that knows which control fits which type of fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.programmes.queries import own_facts
from pathways.rules import FACTS, Fact
from pathways.web.reference import Choices, municipality_choices, nationality_choices, permit_choices

LARGEST_NUMBER = 32_000
UNITS = {"months": gettext_lazy("In months."), "years": gettext_lazy("In years."), "days": gettext_lazy("In days.")}
TABLES: dict[str, Callable[[str], Choices]] = {
    "nationalities": nationality_choices,
    "municipalities": municipality_choices,
    "permit_types": permit_choices,
}
"""Code table of the catalogue to the choices shown for it."""


def yes_or_no(value: str) -> bool | None:
    """The answer of a yes/no control; blank is not known."""
    return {"yes": True, "no": False}.get(value)


def _choices(fact: Fact, language: str) -> Choices:
    """The choices of a fact in `language`, or of its code table."""
    if fact.code_table:
        return TABLES[fact.code_table](language)
    labels = fact.choice_labels
    return [(code, labels[code].get(language, code) if code in labels else code) for code in fact.choices]


def date_widget() -> forms.DateInput:
    """The browser's own date control, in ISO."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _common(fact: Fact, language: str) -> dict[str, Any]:
    """What every field has: the catalogue's label, and never required, since not known is an answer."""
    return {"label": fact.labels.get(language) or fact.labels["en"], "required": False}


def fact_field(name: str, language: str) -> forms.Field:
    """The control for fact `name`; a blank answer is None (not known), any other a value of the catalogue."""
    return field_of(FACTS.get(name) or own_facts()[name], language)


def field_of(fact: Fact, language: str) -> forms.Field:
    """The control for a fact, own ones included."""
    common = _common(fact, language)
    if fact.type == "bool":
        choices = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
        return forms.TypedChoiceField(choices=choices, coerce=yes_or_no, empty_value=None, **common)
    if fact.type == "int":
        unit = str(UNITS.get(fact.unit, ""))
        return forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER, help_text=unit, **common)
    if fact.type == "date":
        return forms.DateField(widget=date_widget(), **common)
    choices = [("", _("Not known")), *_choices(fact, language)]
    return forms.TypedChoiceField(choices=choices, empty_value=None, **common)


def initial_of(name: str, value: object) -> object:
    """A stored value as the control of that fact shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None and name in FACTS and FACTS[name].type == "bool" else value
