"""The forms about offers and sessions: what is asked, and nothing of what is done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from pathways.courses.actions import Offer
from pathways.courses.calendar import calendar_of
from pathways.courses.models import Course, Provider
from pathways.courses.queries import FEATURES, CourseFilters
from pathways.rules import LEVELS
from pathways.web.desk.courses.words import FEATURE_WORDS, component_word, weekday_word
from pathways.web.desk.fact_fields import date_widget
from pathways.web.names import language_name
from pathways.web.reference import language_choices, municipality_choices

BELGIUM = ZoneInfo("Europe/Brussels")
COMPONENTS = ("language", "social_orientation", "career_orientation", "participation")
LANGUAGES = ("nl", "fr", "de", "en", "ar", "tr", "ru", "es", "ps", "fa", "uk", "ti", "so")
"""Languages in which courses are usually given, to filter by."""
SLOTS = 5
PHASES = {
    "": gettext_lazy("Not over yet"),
    "coming": gettext_lazy("Still to start"),
    "running": gettext_lazy("Running"),
    "past": gettext_lazy("Over"),
}
ALL = ("", gettext_lazy("All"))


def _choices(form: forms.Form, name: str, choices: Collection[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def _time_widget() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class CourseFilterForm(forms.Form):
    """The filters of the list; what cannot be read narrows nothing."""

    component = forms.ChoiceField(label=gettext_lazy("Component"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("From level"), required=False)
    start = forms.ChoiceField(label=gettext_lazy("When"), required=False, choices=list(PHASES.items()))
    features = forms.MultipleChoiceField(
        label=gettext_lazy("Must have"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("free", gettext_lazy("Free places")), *FEATURE_WORDS.items()],
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Codes are named in `language`."""
        super().__init__(*args, **kwargs)
        _choices(self, "component", [ALL, *((code, component_word(code, language)) for code in COMPONENTS)])
        _choices(self, "language", [ALL, *((code, language_name(code, language)) for code in LANGUAGES)])
        _choices(self, "level", [ALL, ("none", _("Beginners")), *((level, level) for level in LEVELS[1:-1])])

    @property
    def filters(self) -> CourseFilters:
        """What the list is narrowed to."""
        self.is_valid()
        known: dict[str, Any] = {
            name: self.cleaned_data.get(name, "") for name in ("component", "language", "level", "start")
        }
        chosen = dict.fromkeys(self.cleaned_data.get("features", []), True)
        return CourseFilters(**known | chosen)


class OfferForm(forms.Form):
    """An offer without its weekly times."""

    provider = forms.ModelChoiceField(label=gettext_lazy("Provider"), queryset=Provider.objects.none())
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    component = forms.ChoiceField(label=gettext_lazy("Component"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), help_text=gettext_lazy("The language taught, or the one it is taught in.")
    )
    level_from = forms.ChoiceField(label=gettext_lazy("From level"), required=False)
    level_to = forms.ChoiceField(label=gettext_lazy("To level"), required=False)
    hours = forms.DecimalField(label=gettext_lazy("Hours"), min_value=Decimal("0.25"), max_value=2000, decimal_places=2)
    unit_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes in an hour"), min_value=1, max_value=120, help_text=gettext_lazy("60, or 50.")
    )
    capacity = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=500)
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=date_widget())
    calendar = forms.ChoiceField(
        label=gettext_lazy("School holidays"),
        required=False,
        choices=[("", gettext_lazy("Those of the provider's Community")), *Course.Calendar.choices],
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    municipality_id = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    features = forms.MultipleChoiceField(
        label=gettext_lazy("This course is, or has"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(FEATURE_WORDS.items()),
    )
    teachers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teachers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )

    def __init__(self, *args: Any, language: str, regions: Collection[str], on: dt.date, **kwargs: Any) -> None:
        """`regions` are those whose offers the user manages; teachers are those who hold that role on day `on`."""
        super().__init__(*args, **kwargs)
        none = ("", _("None"))
        _choices(self, "component", [(code, component_word(code, language)) for code in COMPONENTS])
        _choices(self, "language", language_choices(language))
        _choices(self, "level_from", [none, ("none", _("Beginners")), *((level, level) for level in LEVELS[1:])])
        _choices(self, "level_to", [none, *((level, level) for level in LEVELS[1:])])
        _choices(self, "municipality_id", [none, *municipality_choices(language, regions)])
        provider, teachers = self.fields["provider"], self.fields["teachers"]
        assert isinstance(provider, forms.ModelChoiceField)
        assert isinstance(teachers, forms.ModelMultipleChoiceField)
        provider.queryset = Provider.objects.filter(region__in=regions)
        held = User.objects.filter(memberships__role=Role.TEACHER, memberships__valid_from__lte=on, is_active=True)
        teachers.queryset = held.distinct()

    def offer(self, timetable: tuple[dict[str, Any], ...]) -> Offer:
        """What was filled in, with these weekly times."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("provider", "teachers")}
        features = set(data.pop("features"))
        usual = calendar_of(region=self.cleaned_data["provider"].region, language=data["language"])
        data |= {"calendar": data["calendar"] or usual, "municipality_id": data["municipality_id"] or None}
        data |= {name: name in features for name in FEATURES}
        return Offer(**data, timetable=timetable)


def initial_of(course: Course) -> dict[str, Any]:
    """What the form shows of a course."""
    names = [name for name in OfferForm.base_fields if name not in ("provider", "features", "teachers")]
    return {
        **{name: getattr(course, name) for name in names},
        "provider": course.provider_id,
        "features": [name for name in FEATURES if getattr(course, name)],
        "teachers": list(course.teachers.all()),
    }


class SlotForm(forms.Form):
    """One weekly time; a line without times is left out."""

    weekday = forms.TypedChoiceField(coerce=int, required=False)
    starts = forms.TimeField(widget=_time_widget(), required=False)
    ends = forms.TimeField(widget=_time_widget(), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Weekdays are named in `language`; the labels are those of the columns."""
        super().__init__(*args, **kwargs)
        _choices(self, "weekday", [(str(number), weekday_word(number, language)) for number in range(1, 8)])
        for name, label in (("weekday", _("Day")), ("starts", _("From")), ("ends", _("Until"))):
            kind = "form-select" if name == "weekday" else "form-control"
            self.fields[name].widget.attrs |= {"aria-label": label, "class": kind}

    @property
    def slot(self) -> dict[str, Any] | None:
        """The line as the timetable keeps it."""
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if not starts or not ends:
            return None
        return {"weekday": self.cleaned_data["weekday"], "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}


SlotFormSet = forms.formset_factory(SlotForm, extra=0, max_num=SLOTS + 5)


class WhenForm(forms.Form):
    """A day and a time on the Belgian clock."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=date_widget())
    time = forms.TimeField(label=gettext_lazy("Time"), widget=_time_widget())

    @property
    def starts_at(self) -> dt.datetime:
        """The instant that was filled in."""
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], BELGIUM)


class MoveForm(WhenForm):
    """When a session takes place instead, and why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)


class MakeUpForm(WhenForm):
    """When missed lessons are made up for."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=720)


class CancelForm(forms.Form):
    """Why a session does not take place."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
