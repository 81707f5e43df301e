"""The case list: search, filters, sort, saved views, keyset pages, giving several cases to a counselor at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from pathways.cases.actions import assign_counselor, delete_view, save_view
from pathways.cases.models import Case, SavedView
from pathways.cases.permissions import can_assign_case
from pathways.cases.queries import SORTS, CaseFilters, CasePage, case_page, find_cases
from pathways.cases.stages import Stage
from pathways.programmes.models import Office
from pathways.rules import OUTCOMES, PROGRAMMES
from pathways.web.gate import DESK_ROLES, StaffRequest, desk_page
from pathways.web.names import language_name, outcome_word, programme_title
from pathways.web.reference import municipality_choices, municipality_names, nationality_choices

MOST_AT_ONCE = 500
"""Cases that one bulk act may touch."""
SORT_WORDS = {"name": gettext_lazy("Name"), "opened": gettext_lazy("Newest first"), "due": gettext_lazy("Next term")}
DUE_WORDS = {"late": gettext_lazy("Late"), "7": gettext_lazy("Within 7 days"), "30": gettext_lazy("Within 30 days")}
STATE_WORDS = {"open": gettext_lazy("Open"), "closed": gettext_lazy("Closed"), "all": gettext_lazy("Open and closed")}


class FilterForm(forms.Form):
    """The filters of the list; all optional, read by `CaseFilters.from_query`."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False)
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    due = forms.ChoiceField(label=gettext_lazy("Term"), required=False)
    counselor = forms.ChoiceField(label=gettext_lazy("Counselor"), required=False)
    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    nationality = forms.ChoiceField(label=gettext_lazy("Nationality"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=list(STATE_WORDS.items()))
    sort = forms.ChoiceField(label=gettext_lazy("Sort"), required=False, choices=list(SORT_WORDS.items()))

    def __init__(self, *args: Any, language: str, offices: list[Office], colleagues: list[User], **kwargs: Any) -> None:
        """`offices` and `colleagues` are those of the user."""
        super().__init__(*args, **kwargs)
        regions = {office.region for office in offices}
        nobody = ("none", _("Nobody yet"))
        self._set(
            "programme", [(code, programme_title(code, language)) for code in PROGRAMMES], ("none", _("Not chosen yet"))
        )
        self._set("outcome", [(code, outcome_word(code)) for code in (*OUTCOMES, "undecided")])
        self._set("stage", [(stage.value, stage.label) for stage in Stage])
        self._set("due", list(DUE_WORDS.items()))
        self._set("counselor", [(str(user.pk), str(user)) for user in colleagues], nobody)
        self._set("office", [(str(office.pk), office.name) for office in offices])
        self.municipalities = dict(municipality_choices(language, regions))
        self._set("municipality", list(self.municipalities.items()))
        self._set("nationality", nationality_choices(language))

    def _set(self, name: str, choices: list[tuple[str, Any]], *more: tuple[str, Any]) -> None:
        """Give a filter its choices after "All"."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *more, *choices]


def own_offices(request: StaffRequest) -> list[Office]:
    """The offices in which the user works today. One query."""
    posts = request.user.memberships.held_on(request.today).filter(role__in=DESK_ROLES)
    return list(Office.objects.filter(organisation__memberships__in=posts).distinct().order_by("name"))


def colleagues_of(request: StaffRequest) -> list[User]:
    """Everybody who works on cases in the user's offices today. One query."""
    posts = request.user.memberships.held_on(request.today).filter(role__in=DESK_ROLES)
    there = User.objects.filter(
        memberships__organisation__in=posts.values("organisation"), memberships__role__in=DESK_ROLES, is_active=True
    )
    return list(there.distinct().order_by("full_name", "email"))


def _address(query: dict[str, str], **more: str) -> str:
    """The list with this query string."""
    values = {key: value for key, value in {**query, **more}.items() if value}
    return f"{reverse('desk:cases')}?{urlencode(values)}" if values else reverse("desk:cases")


def _pages(page: CasePage, query: dict[str, str]) -> dict[str, str]:
    """Addresses of the pages before and after."""
    return {
        "previous": _address(query, cursor=page.previous) if page.previous else "",
        "next": _address(query, cursor=page.next) if page.next else "",
    }


def _rows(page: CasePage, language: str, names: dict[str, str]) -> list[dict[str, Any]]:
    """The lines with their codes in words; `names` has the municipalities."""
    return [
        {
            "case": row,
            "municipality": names.get(row.municipality or "", ""),
            "language": language_name(row.contact_language, language),
            "programme": programme_title(row.programme, language),
        }
        for row in page.rows
    ]


@desk_page
def cases(request: StaffRequest) -> HttpResponse:
    """The list; to htmx only its table."""
    on, language = request.today, get_language() or "en"
    filters = CaseFilters.from_query(request.GET.dict())
    sort = request.GET.get("sort", "name")
    sort = sort if sort in SORTS else "name"
    scope = Case.objects.visible_to(request.user, on=on)
    page = case_page(scope=scope, filters=filters, sort=sort, cursor=request.GET.get("cursor", ""), on=on)
    query = {**filters.active, "sort": "" if sort == "name" else sort}
    context: dict[str, Any] = {
        "on": on,
        "page": page,
        "filters": filters,
        "query": _address(query).partition("?")[2],
        "clear": reverse("desk:cases"),
        **_pages(page, query),
    }
    context["colleagues"] = colleagues = colleagues_of(request)
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == "list":
        shown = {row.municipality for row in page.rows if row.municipality}
        context["rows"] = _rows(page, language, municipality_names(shown, language))
        return render(request, "desk/cases/_list.html", context)
    context["form"] = form = FilterForm(
        {**filters.active, "sort": sort}, language=language, offices=own_offices(request), colleagues=colleagues
    )
    context["rows"] = _rows(page, language, form.municipalities)
    context["views"] = list(request.user.saved_views.all())
    return render(request, "desk/cases/list.html", context)


@desk_page
def search(request: StaffRequest) -> HttpResponse:
    """Find a person: the first hits for Ctrl K, or the list filtered by the text where scripts don't run."""
    text = request.GET.get("q", "")
    if not request.headers.get("HX-Request"):
        return redirect(_address({"q": text, "state": "all"}))
    found = find_cases(text=text, scope=Case.objects.visible_to(request.user, on=request.today))
    return render(request, "desk/cases/_found.html", {"rows": found, "text": text})


@require_POST
@desk_page
def assign(request: StaffRequest) -> HttpResponse:
    """Gives the chosen cases to a colleague, or takes them back; cases the user may not give stay as they are."""
    references = request.POST.getlist("case")[:MOST_AT_ONCE]
    chosen = list(Case.objects.visible_to(request.user, on=request.today).filter(reference__in=references))
    to_case = request.POST.get("back") == "case" and chosen
    back = redirect("desk:case", chosen[0].reference) if to_case else redirect(_address(_back_query(request)))
    mine = [case for case in chosen if can_assign_case(request.user, case, request.today)]
    wanted = request.POST.get("counselor", "")
    counselor = next((user for user in colleagues_of(request) if str(user.pk) == wanted), None)
    if not counselor and wanted != "none":
        messages.error(request, _("Choose a colleague of your office."))
        return back
    number = assign_counselor(actor=request.user, cases=mine, counselor=counselor, on=request.today)
    messages.success(
        request, ngettext("%(number)d case was given.", "%(number)d cases were given.", number) % {"number": number}
    )
    if len(mine) < len(references):
        messages.warning(request, _("Some cases stayed as they were: only a team lead gives away a colleague's case."))
    return back


def _back_query(request: StaffRequest) -> dict[str, str]:
    """The filters of the list that the form was sent from."""
    return CaseFilters.from_query(dict(parse_qsl(request.POST.get("query", "")))).active


@require_POST
@desk_page
def keep_view(request: StaffRequest) -> HttpResponse:
    """Keeps the filters of the list under a name."""
    name = request.POST.get("name", "").strip()[:60]
    query = _back_query(request)
    if name and query:
        save_view(actor=request.user, name=name, query=urlencode(query), on=request.today)
        messages.success(request, _("The view is kept."))
    else:
        messages.error(request, _("Choose at least one filter and give the view a name."))
    return redirect(_address(query))


@require_POST
@desk_page
def drop_view(request: StaffRequest, pk: int) -> HttpResponse:
    """Removes one of the user's own views."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    delete_view(actor=request.user, view=view, on=request.today)
    messages.success(request, _("The view is removed."))
    return redirect("desk:cases")
