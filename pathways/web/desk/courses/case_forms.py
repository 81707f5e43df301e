"""The forms about one person in a course."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from pathways.courses.actions import Needs
from pathways.courses.models import Course, Enrolment
from pathways.web.desk.fact_fields import date_widget

MANNERS = {
    "enrol": gettext_lazy("Enrol"),
    "trial": gettext_lazy("On trial"),
    "wait": gettext_lazy("Waiting list"),
}
REASONS = [(code, label) for code, label in Enrolment.EndReason.choices if code != Enrolment.EndReason.CASE_CLOSED]
"""What a person can say; the software says that the case was closed."""
NEEDS = {
    "childcare": gettext_lazy("Childcare"),
    "transport": gettext_lazy("Transport"),
    "evening": gettext_lazy("Evening lessons"),
}


class NeedsForm(forms.Form):
    """What the person needs in order to come."""

    needs = forms.MultipleChoiceField(
        label=gettext_lazy("The person needs"),
        choices=list(NEEDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    @property
    def chosen(self) -> Needs:
        """What was ticked."""
        self.is_valid()
        return Needs(**dict.fromkeys(self.cleaned_data.get("needs", []), True))


class EnrolForm(NeedsForm):
    """How and from when somebody takes part."""

    manner = forms.ChoiceField(label=gettext_lazy("How"), choices=list(MANNERS.items()), widget=forms.RadioSelect)
    starts_on = forms.DateField(label=gettext_lazy("Takes part from"), widget=date_widget(), required=False)
    trial_until = forms.DateField(
        label=gettext_lazy("On trial until"),
        widget=date_widget(),
        required=False,
        help_text=gettext_lazy("Two weeks where no day is given."),
    )

    def __init__(self, data: Any, *, course: Course, on: dt.date, needs: list[str]) -> None:
        """A full course leaves the waiting list only; who learns that too late, having sent the form, is told so."""
        full = course.free <= 0  # type: ignore[attr-defined]  # counted by the gate
        first = {"manner": "wait" if full else "enrol", "starts_on": max(on, course.starts_on)}
        super().__init__(data, initial={**first, "needs": needs})
        if full and not self.is_bound:
            field = self.fields["manner"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("wait", MANNERS["wait"])]
        self.order_fields(["manner", "starts_on", "trial_until", "needs"])


class AnswerForm(forms.Form):
    """What the office answers to somebody whom no course fits."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("The person reads this as you write it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StopForm(forms.Form):
    """Why somebody leaves."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=[("", gettext_lazy("Choose")), *REASONS])
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)
