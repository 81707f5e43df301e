"""The form of an own fact: what it is called in four languages, what it takes, what blank means, who records it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pathways.programmes.models import OwnFact
from pathways.rules import LANGUAGES, PROGRAMMES

NAMES = {"en": _("In English"), "nl": _("In Dutch"), "fr": _("In French"), "de": _("In German")}
MOST_CHOICES = 20
BLANK_ROWS = 4


class OwnFactForm(forms.Form):
    """Everything but the choices."""

    code = forms.RegexField(
        r"^[a-z][a-z0-9_]{0,39}$",
        label=_("Code"),
        max_length=40,
        help_text=_("Lower-case letters, digits and underscores. Rules name the fact own_ and this code."),
        error_messages={"invalid": _("Use lower-case letters, digits and underscores.")},
    )
    type = forms.ChoiceField(label=_("Kind of answer"), choices=OwnFact.Type.choices)
    blank = forms.ChoiceField(label=_("An empty answer means"), choices=OwnFact.Blank.choices)
    recorded_by = forms.ChoiceField(label=_("Recorded by"), choices=OwnFact.Recorder.choices)
    programmes = forms.MultipleChoiceField(label=_("Programmes"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, used: bool = False, **kwargs: Any) -> None:
        """Of a fact that a rule set `used`, code, kind and meaning of blank are shown and stay."""
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        titles = {code: one.titles.get(language) or one.titles["en"] for code, one in PROGRAMMES.items()}
        self.fields["programmes"].choices = list(titles.items())  # type: ignore[attr-defined]
        for each in LANGUAGES:
            self.fields[f"label_{each}"] = forms.CharField(label=NAMES[each], max_length=120)
        for name in ("code", "type", "blank") if used else ():
            self.fields[name].disabled = True
        self.order_fields(["code", *(f"label_{each}" for each in LANGUAGES), "type", "blank", "recorded_by"])

    def values(self) -> dict[str, Any]:
        """The columns of the fact, without its choices."""
        data = self.cleaned_data
        columns = {name: data[name] for name in ("code", "type", "blank", "recorded_by", "programmes")}
        return columns | {"labels": {each: data[f"label_{each}"] for each in LANGUAGES}}


class ChoiceForm(forms.Form):
    """One answer of a list: its code, and what it is called."""

    code = forms.RegexField(r"^[a-z][a-z0-9_]{0,39}$", label=_("Code"), max_length=40)
    en = forms.CharField(label=NAMES["en"], max_length=120)
    nl = forms.CharField(label=NAMES["nl"], max_length=120)
    fr = forms.CharField(label=NAMES["fr"], max_length=120)
    de = forms.CharField(label=NAMES["de"], max_length=120)

    def value(self) -> dict[str, Any] | None:
        """The choice as the fact keeps it; None for a row that was left blank."""
        data = self.cleaned_data
        if not data.get("code"):
            return None
        return {"code": data["code"], "label": {each: data[each] for each in LANGUAGES}}


ChoiceFormSet = formset_factory(ChoiceForm, extra=BLANK_ROWS, max_num=MOST_CHOICES)


def choices_of(rows: BaseFormSet[ChoiceForm]) -> list[dict[str, Any]]:
    """The choices that were written down, in their order."""
    return [choice for row in rows.forms if (choice := row.value()) is not None]


def initial_of(fact: OwnFact) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form and its rows of choices show of a fact."""
    columns = {name: getattr(fact, name) for name in ("code", "type", "blank", "recorded_by", "programmes")}
    labels = {f"label_{each}": fact.labels.get(each, "") for each in LANGUAGES}
    return columns | labels, [{"code": one["code"], **one["label"]} for one in fact.choices]
