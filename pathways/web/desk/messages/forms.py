"""The forms of answering: the fact, name or contact data in place, beside the decision and its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.models import Source
from pathways.correspondence.models import ChangeReport
from pathways.people.models import Person, Sex
from pathways.people.national_number import InvalidNationalNumber, find_problem, read_national_number
from pathways.web.desk.act_forms import FactForm
from pathways.web.desk.fact_fields import date_widget, fact_field
from pathways.web.messages import IDENTITY_LABELS, LanguageField

if TYPE_CHECKING:
    import datetime as dt

CORRECT, ELSEWHERE, KEEP = "correct", "elsewhere", "keep"
ACCEPT, REFUSE = "accept", "refuse"
CONTACT_LABELS = {
    "street": gettext_lazy("Street and number"),
    "postal_code": gettext_lazy("Postal code"),
    "city": gettext_lazy("City"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail address"),
}
LONGEST = {"street": 160, "postal_code": 10, "city": 80, "phone": 20, "email": 254}
LONGEST |= {"last_name": 120, "first_names": 120, "national_number": 20}
Kind = ChangeReport.Kind
CONTACT_OF: dict[str, tuple[str, ...]] = {
    Kind.ADDRESS: ("street", "postal_code", "city"),
    Kind.WORK: (),
    Kind.PHONE: ("phone",),
    Kind.EMAIL: ("email",),
}
FACT_OF: dict[str, str] = {Kind.ADDRESS: "municipality", Kind.WORK: "works_half_time_months"}
"""The fact that a change of this kind changes; the others change contact data alone."""


class ReplyForm(forms.Form):
    """The decision, and what the person is told of it."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("The person reads it as you write it."),
    )
    language = LanguageField(label=gettext_lazy("I write in"))

    def choose(self, *choices: tuple[str, str]) -> None:
        """Offer these decisions."""
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def put_last(self, names: Iterable[str]) -> None:
        """Decision first, then what is recorded, then the reason."""
        self.order_fields(["decision", *names, "reason", "language"])


class CorrectionForm(ReplyForm):
    """Correct the fact or the name here, say that another act has done it, or leave it."""

    def __init__(self, *args: Any, fact: str, identity: str, person: Person, language: str, **kwargs: Any) -> None:
        """The control of `fact`, or of the part `identity`, stands in the form."""
        super().__init__(*args, **kwargs)
        self.identity, self.person = identity, person
        added: tuple[str, ...] = ()
        if fact:
            self.fields |= FactForm(fact=fact, language=language).fields
            added = ("value", "source", "evidence", "valid_since")
        elif identity:
            self.fields["value"] = identity_field(identity)
            added = ("value",)
        here = [(CORRECT, _("It is wrong: correct it here"))] if added else []
        self.choose(*here, (ELSEWHERE, _("It was wrong: another act has put it right")), (KEEP, _("It stays as it is")))
        self.put_last(added)

    def clean(self) -> dict[str, Any]:
        """A national number must fit the person."""
        data = super().clean() or {}
        if data.get("decision") == CORRECT and self.identity == "national_number" and data.get("value"):
            self._check_number(data)
        if data.get("decision") == CORRECT and self.identity == "last_name" and not data.get("value"):
            self.add_error("value", _("Give the name."))
        return data

    def _check_number(self, data: dict[str, Any]) -> None:
        try:
            data["value"] = read_national_number(data["value"]).digits
        except InvalidNationalNumber as error:
            self.add_error("value", str(error))
            return
        born: dt.date | None = self.person.birth_date
        if problem := find_problem(data["value"], birth_date=born, sex=self.person.sex):
            self.add_error("value", str(InvalidNationalNumber(problem)))

    @property
    def recorded(self) -> dict[str, Any]:
        """Source, evidence and day, where a fact is recorded."""
        names = ("source", "evidence", "valid_since")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class ChangeForm(ReplyForm):
    """What was reported, to be checked and taken over, or refused with a reason."""

    def __init__(self, *args: Any, report: ChangeReport, language: str, **kwargs: Any) -> None:
        """The contact data and the fact that a change of this kind touches."""
        super().__init__(*args, **kwargs)
        self.report, self.fact = report, FACT_OF.get(report.kind, "")
        self.choose((ACCEPT, _("Take it over")), (REFUSE, _("Do not take it over")))
        self.fields["reason"].required = False
        for name in CONTACT_OF[report.kind]:
            self.fields[name] = forms.CharField(label=CONTACT_LABELS[name], max_length=LONGEST[name], required=False)
        if self.fact:
            self.fields[self.fact] = fact_field(self.fact, language)
            self.fields["source"] = forms.ChoiceField(label=_("Source"), choices=Source.choices)
            self.fields["evidence"] = forms.CharField(label=_("Evidence"), max_length=200, required=False)
            self.fields["valid_since"] = forms.DateField(label=_("True since"), widget=date_widget(), required=False)
        self.put_last([*CONTACT_OF[report.kind], self.fact, "source", "evidence", "valid_since"])

    def clean(self) -> dict[str, Any]:
        """A refusal is explained."""
        data = super().clean() or {}
        if data.get("decision") == REFUSE and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why: the answer goes to the person."))
        return data

    @property
    def taken_over(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        contact = {name: data[name] for name in CONTACT_OF[self.report.kind]}
        if not self.fact:
            return {"contact": contact, "facts": {}, "source": Source.STATEMENT}
        names = ("source", "evidence", "valid_since")
        return {"contact": contact, "facts": {self.fact: data[self.fact]}, **{name: data[name] for name in names}}


def identity_field(name: str) -> forms.Field:
    """The control of one part of the identity."""
    label = IDENTITY_LABELS[name]
    if name == "sex":
        return forms.ChoiceField(label=label, choices=[("", _("Not known")), *Sex.choices], required=False)
    return forms.CharField(label=label, max_length=LONGEST[name], required=False)
