"""Who is away from when to when, and who stands in: recorded and ended by the team lead."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.actions import end_absence, record_absence
from accounts.models import Absence, User
from pathways.web.desk.fact_fields import date_widget
from pathways.web.desk.team.views import colleagues, lead_page, led_office
from pathways.web.gate import StaffRequest

if TYPE_CHECKING:
    from pathways.programmes.models import Office


class AbsenceForm(forms.Form):
    """Who, by whom, and from when to when."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("Who is away?"), queryset=User.objects.none(), to_field_name="public_id"
    )
    stand_in = forms.ModelChoiceField(
        label=gettext_lazy("Who stands in?"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        help_text=gettext_lazy("They see the tasks of their colleague in Today, marked with the name."),
    )
    first_on = forms.DateField(label=gettext_lazy("First day"), widget=date_widget())
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=date_widget())

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        """`people` work in the office."""
        super().__init__(*args, **kwargs)
        for name in ("user", "stand_in"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("full_name", "email")


@lead_page
def new(request: StaffRequest, office: str) -> HttpResponse:
    """Records an absence; what is wrong with it is said beside the field."""
    place = led_office(request, office)
    people = colleagues(place, on=request.today)
    initial = {"user": request.GET.get("user", ""), "first_on": request.today}
    form = AbsenceForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            absence = record_absence(actor=request.user, on=request.today, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error) if not hasattr(error, "error_dict") else form.add_error(None, error.messages)
        else:
            messages.success(
                request,
                _("%(stand_in)s stands in for %(user)s.") % {"stand_in": absence.stand_in, "user": absence.user},
            )
            return _to_team(place)
    context = {"office": place, "form": form, "back": f"{reverse('desk:team')}?office={place.code}"}
    return render(request, "desk/team/absence.html", context, status=422 if form.errors else 200)


@require_POST
@lead_page
def end(request: StaffRequest, office: str, public_id: uuid.UUID) -> HttpResponse:
    """The colleague is back today, or does not go."""
    place = led_office(request, office)
    people = [user.pk for user in colleagues(place, on=request.today)]
    absence = get_object_or_404(Absence.objects.filter(user__in=people).select_related("user"), public_id=public_id)
    end_absence(actor=request.user, absence=absence, on=request.today)
    messages.success(request, _("%(user)s is back.") % {"user": absence.user})
    return _to_team(place)


def _to_team(place: Office) -> HttpResponse:
    return redirect(f"{reverse('desk:team')}?office={place.code}")
