"""New person: a form, or an eID file that fills it; probable duplicates are shown before anything is written."""

from __future__ import annotations

import base64
import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pathways.cases.actions import open_case
from pathways.cases.errors import CaseError, FactError
from pathways.cases.models import Case, Source
from pathways.people.actions import Newcomer, create_person
from pathways.people.eid import EidCard, EidError, read_eid
from pathways.people.models import Person, Sex
from pathways.people.names import fold
from pathways.people.national_number import PROBLEM_SENTENCES, find_problem, read_national_number
from pathways.people.queries import probable_duplicates
from pathways.programmes.models import Municipality, Nationality, Office
from pathways.web.desk.fact_fields import date_widget, fact_field
from pathways.web.gate import StaffRequest, desk_page
from pathways.web.reference import language_choices, municipality_choices

if TYPE_CHECKING:
    from django.db.models import QuerySet

FACTS_ASKED = (
    "nationality",
    "register",
    "permit_type",
    "permit_months",
    "permit_ordered_on",
    "first_registered_on",
    "registered_in_region_on",
    "legal_stay_since",
    "stay_motive",
    "asylum_status",
)
"""What a counselor usually knows of a new person; everything else is recorded on the case."""


class EidForm(forms.Form):
    """The file that the eID viewer saved."""

    eid = forms.FileField(label=gettext_lazy("eID file"), help_text=gettext_lazy("Saved by the eID viewer, type .eid."))


class NewPersonForm(forms.Form):
    """Identity, contact and the facts that usually decide. Only last name, birth date and municipality are required."""

    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=120)
    first_names = forms.CharField(label=gettext_lazy("First names"), max_length=120, required=False)
    birth_date = forms.DateField(label=gettext_lazy("Date of birth"), widget=date_widget())
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), required=False)
    national_number = forms.CharField(
        label=gettext_lazy("National number"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("National Register or BIS number."),
    )
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"))
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=160, required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=10, required=False)
    contact_language = forms.ChoiceField(label=gettext_lazy("Contact language"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("Where the facts come from"), choices=Source.choices)
    another_person = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, regions: set[str], on: dt.date, **kwargs: Any) -> None:
        """`regions` limits the municipalities to those of the user's offices."""
        super().__init__(*args, **kwargs)
        self.on = on
        blank = ("", _("Not known"))
        self._choices("municipality", [("", _("Choose")), *municipality_choices(language, regions)])
        self._choices("contact_language", [blank, *language_choices(language)])
        self._choices("sex", [blank, *Sex.choices])
        for name in FACTS_ASKED:
            self.fields[name] = fact_field(name, language)

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Give a choice field its choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_birth_date(self) -> dt.date:
        """Nobody is born after today."""
        birth_date: dt.date = self.cleaned_data["birth_date"]
        if birth_date > self.on:
            raise ValidationError(_("This date lies in the future."))
        return birth_date

    def clean(self) -> dict[str, Any]:
        """The national number must be one, and must fit birth date and sex."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        written = data.get("national_number", "")
        if written and "birth_date" in data:
            problem = find_problem(written, birth_date=data["birth_date"], sex=data.get("sex", ""))
            if problem:
                self.add_error("national_number", str(PROBLEM_SENTENCES[problem]))
            else:
                data["national_number"] = read_national_number(written).digits
        return data

    def newcomer(self) -> Newcomer:
        """The identity and contact part."""
        data = self.cleaned_data
        names = (
            "last_name",
            "first_names",
            "birth_date",
            "sex",
            "contact_language",
            "email",
            "phone",
            "street",
            "postal_code",
        )
        return Newcomer(national_number=data["national_number"] or None, **{name: data[name] for name in names})

    def facts(self) -> dict[str, Any]:
        """The facts that were given."""
        data = self.cleaned_data
        given = {name: data[name] for name in FACTS_ASKED if data[name] not in (None, "")}
        return {"municipality": data["municipality"], "birth_date": data["birth_date"], **given}


def _same_number(form: NewPersonForm) -> QuerySet[Person]:
    """Whoever has the national number in the form: certainly the same person."""
    return Person.objects.filter(national_number=form.cleaned_data["national_number"] or "-")


def _look_alikes(form: NewPersonForm) -> QuerySet[Person]:
    """People with the name and birth date in the form; none once the user said that this is another person."""
    data = form.cleaned_data
    if data["another_person"]:
        return Person.objects.none()
    return probable_duplicates(
        last_name=data["last_name"], first_names=data["first_names"], birth_date=data["birth_date"]
    )


def _from_card(card: EidCard) -> dict[str, Any]:
    """The values of the form that the card knows."""
    nationality = fold(card.nationality)
    code = (
        next((row.code for row in Nationality.objects.all() if nationality in _names(row)), "") if nationality else ""
    )
    place = Municipality.objects.filter(folded_names__contains=[fold(card.municipality)], valid_to__isnull=True).first()
    return {
        "last_name": card.last_name,
        "first_names": card.first_names,
        "birth_date": card.birth_date,
        "sex": card.sex,
        "national_number": card.national_number,
        "nationality": code,
        "municipality": place.pk if place else "",
        "street": card.street,
        "postal_code": card.postal_code,
        "permit_type": card.permit_type or "",
        "source": Source.EID,
    }


def _names(nationality: Nationality) -> set[str]:
    """The folded names of a nationality in the three languages of the card, and English."""
    return {fold(name) for name in (nationality.name_nl, nationality.name_fr, nationality.name_de, nationality.name_en)}


@desk_page
def new_person(request: StaffRequest) -> HttpResponse:
    """Shows the form, fills it from an eID file, or creates the person and opens the case."""
    offices = Office.objects.filter(organisation__memberships__in=request.user.memberships.held_on(request.today))
    options: dict[str, Any] = {
        "language": get_language() or "en",
        "regions": set(offices.values_list("region", flat=True)),
        "on": request.today,
    }
    if request.method != "POST":
        return _page(request, NewPersonForm(initial={"source": Source.NATIONAL_REGISTER}, **options), EidForm())
    if "eid" in request.FILES:
        return _filled_from_card(request, options)
    form = NewPersonForm(request.POST, **options)
    if not form.is_valid():
        return _page(request, form, EidForm(), status=422)
    if same := list(_same_number(form)):
        return _page(request, form, EidForm(), known=same, certain=True)
    if known := list(_look_alikes(form)[:5]):
        return _page(request, form, EidForm(), known=known)
    return _created(request, form)


def _filled_from_card(request: StaffRequest, options: dict[str, Any]) -> HttpResponse:
    """The form with what the card knows and its photo, to compare with the person; nothing is stored."""
    eid_form = EidForm(request.POST, request.FILES)
    try:
        card = read_eid(request.FILES["eid"].read())  # type: ignore[union-attr]  # one file, by its own field
    except EidError as error:
        eid_form.add_error("eid", str(error))
        return _page(request, NewPersonForm(**options), eid_form, status=422)
    return _page(request, NewPersonForm(initial=_from_card(card), **options), EidForm(), filled=True, photo=card.photo)


def _created(request: StaffRequest, form: NewPersonForm) -> HttpResponse:
    """Creates person and case in one transaction; a refused fact goes back to its field."""
    try:
        with transaction.atomic():
            person = create_person(actor=request.user, newcomer=form.newcomer(), on=request.today)
            case = open_case(
                actor=request.user,
                person=person,
                facts=form.facts(),
                source=form.cleaned_data["source"],
                on=request.today,
            )
    except FactError as error:
        for problem in error.problems:
            form.add_error(problem.fact if problem.fact in form.fields else None, f"{problem.message} {problem.remedy}")
        return _page(request, form, EidForm(), status=422)
    except CaseError as error:
        form.add_error(None, str(error))
        return _page(request, form, EidForm(), status=422)
    return redirect("desk:case", case.reference)


def _page(
    request: StaffRequest, form: NewPersonForm, eid_form: EidForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page; known people are shown with their case where the user may see it."""
    known: list[Person] = more.get("known", [])
    visible = Case.objects.visible_to(request.user, on=request.today).filter(person__in=known)
    reference_of = {case.person_id: case.reference for case in visible} if known else {}
    context = {
        "form": form,
        "eid_form": eid_form,
        "certain": more.get("certain", False),
        "filled": more.get("filled", False),
        "photo": base64.b64encode(more.get("photo") or b"").decode(),
        "known": [{"person": person, "reference": reference_of.get(person.pk, "")} for person in known],
        "facts": [form[name] for name in FACTS_ASKED],
    }
    return render(request, "desk/new_person.html", context, status=status)
