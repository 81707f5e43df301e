"""The form of the builder: the whole contract, and a form for each part that the rules ask or offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.agreements.models import How
from pathways.agreements.terms import Ask, ItemTerms, Terms
from pathways.rules import LEVELS
from pathways.web.desk.fact_fields import date_widget
from pathways.web.names import language_name

if TYPE_CHECKING:
    from collections.abc import Mapping


class WholeForm(forms.Form):
    """The period of the contract, and why it is as it is."""

    starts_on = forms.DateField(label=gettext_lazy("From"), widget=date_widget())
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=date_widget())
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, amends: bool, **kwargs: Any) -> None:
        """An amendment needs a reason, a first contract only where it runs longer than the law wants."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = (
            _("Why the contract changes. It stands on the paper.")
            if amends
            else _("Needed only if the contract runs longer than the law foresees.")
        )


class ItemForm(forms.Form):
    """What is agreed about one part. Only the fields that belong to the choice count."""

    how = forms.ChoiceField(label=gettext_lazy("Agreed"), choices=How.choices, widget=forms.RadioSelect)
    goal = forms.CharField(label=gettext_lazy("Goal"), max_length=300, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language to learn"), required=False)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"),
        max_digits=6,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.5", "min": "0"}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=date_widget(), required=False)
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=date_widget(), required=False)
    evidence = forms.CharField(
        label=gettext_lazy("Proof"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The certificate, test or document, and its date."),
    )
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Needed where this is less than the rules plan."),
    )

    def __init__(self, *args: Any, ask: Ask, language: str, **kwargs: Any) -> None:
        """The choices that the rules leave for this part, worded in `language`."""
        super().__init__(*args, **kwargs)
        taught = [(code, language_name(code, language)) for code in ask.languages]
        grounds = [(ground.code, ground.title.get(language) or ground.title["en"]) for ground in ask.grounds]
        self._choose("language", taught)
        self._choose("level", [("", "–"), *((level, level) for level in LEVELS if level != "none")])
        self._choose("ground", [("", _("Choose")), *grounds])
        if len(taught) < 2:
            self.fields["language"].widget = forms.HiddenInput()
        if not taught:
            del self.fields["level"]
        if ask.requirement != "required" or not grounds:
            del self.fields["ground"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def terms(self, component: str) -> ItemTerms:
        """What was entered, cleaned."""
        return ItemTerms(component=component, **self.cleaned_data)


def whole_terms(form: WholeForm, items: Mapping[str, ItemForm]) -> Terms:
    """The terms that whole and parts say together."""
    data = form.cleaned_data
    agreed = tuple(item.terms(code) for code, item in items.items())
    return Terms(starts_on=data["starts_on"], ends_on=data["ends_on"], reason=data["reason"], items=agreed)
