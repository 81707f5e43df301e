"""The forms about talks and papers: what is asked, and nothing of what is done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.meetings.models import Appointment
from pathways.meetings.slots import BRUSSELS, at
from pathways.web.desk.fact_fields import date_widget
from pathways.web.reference import language_choices

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.meetings.papers import Paper

LENGTHS = (30, 45, 60, 90, 120)
OTHER = "other"
LETTERS = {
    "": gettext_lazy("Nobody is told: the person knows"),
    "email": gettext_lazy("By e-mail"),
    "post": gettext_lazy("By letter"),
}


def time_widget() -> forms.TimeInput:
    """The browser's own time control."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WhenForm(forms.Form):
    """With whom, for how long, in which week: by GET, so that the free times can be shown."""

    kind = forms.ChoiceField(label=gettext_lazy("What for"), choices=Appointment.Kind.choices)
    counselor = forms.ChoiceField(label=gettext_lazy("Counselor"))
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Length"), coerce=int, choices=[(n, gettext_lazy("%d minutes") % n) for n in LENGTHS]
    )
    week = forms.DateField(label=gettext_lazy("Week of"), widget=date_widget())

    def __init__(self, data: Any, *, people: Sequence[User]) -> None:
        """`people` receive at the office."""
        super().__init__(data, auto_id="when_%s")
        field = self.fields["counselor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.public_id), str(one)) for one in people]


class SlotForm(forms.Form):
    """A free time, or another one typed in; and what the talk needs."""

    slot = forms.ChoiceField(label=gettext_lazy("Time"), widget=forms.RadioSelect)
    day = forms.DateField(label=gettext_lazy("Day"), widget=date_widget(), required=False)
    time = forms.TimeField(label=gettext_lazy("Time"), widget=time_widget(), required=False)
    place = forms.CharField(
        label=gettext_lazy("Place"), max_length=200, required=False, help_text=gettext_lazy("The office where blank.")
    )
    interpreter_language = forms.ChoiceField(label=gettext_lazy("Interpreter"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)
    letter = forms.ChoiceField(
        label=gettext_lazy("Tell the person"), choices=list(LETTERS.items()), required=False, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, slots: Sequence[dt.datetime], language: str, email: str, move: bool = False, **kwargs: Any
    ) -> None:
        """`slots` are the free times of the week; without an `email` there is no letter by it."""
        super().__init__(*args, **kwargs)
        times = [(slot.astimezone(BRUSSELS).isoformat(), f"{slot.astimezone(BRUSSELS):%H:%M}") for slot in slots]
        self._choose("slot", [*times, (OTHER, _("Another time"))])
        self._choose("letter", [(code, label) for code, label in LETTERS.items() if code != "email" or email])
        if move:
            del self.fields["place"], self.fields["interpreter_language"]
        else:
            del self.fields["reason"]
            self._choose("interpreter_language", [("", _("Not needed")), *language_choices(language)])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """The chosen time as an instant; a typed one needs day and time."""
        data: dict[str, Any] = super().clean() or {}
        chosen = data.get("slot")
        if chosen == OTHER and not (data.get("day") and data.get("time")):
            self.add_error("day", _("Give the day and the time."))
        elif chosen == OTHER:
            data["starts_at"] = at(data["day"], data["time"])
        elif chosen:
            data["starts_at"] = dt.datetime.fromisoformat(chosen)
        return data


class CancelForm(forms.Form):
    """Why a talk does not take place."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    letter = forms.ChoiceField(
        label=gettext_lazy("Tell the person"), choices=list(LETTERS.items()), required=False, widget=forms.RadioSelect
    )


class OutcomeForm(forms.Form):
    """Whether the person came."""

    state = forms.ChoiceField(
        label=gettext_lazy("Did the person come?"),
        choices=[("held", gettext_lazy("Yes, the talk was held")), ("missed", gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


class AskForm(forms.Form):
    """Which paper, by when."""

    code = forms.ChoiceField(label=gettext_lazy("Paper"))
    due_on = forms.DateField(label=gettext_lazy("Wanted by"), widget=date_widget())
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, papers: Sequence[Paper], language: str, **kwargs: Any) -> None:
        """`papers` may be asked for."""
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.title.get(language) or one.title["en"]) for one in papers]


class ReceiveForm(forms.Form):
    """The paper itself, and until when it is valid."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("PDF, JPEG or PNG, up to 10 MB."))
    expires_on = forms.DateField(
        label=gettext_lazy("Valid until"),
        widget=date_widget(),
        required=False,
        help_text=gettext_lazy("Blank where it has no last day."),
    )
