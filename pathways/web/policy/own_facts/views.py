"""Own facts: the list for whoever writes rules, adding and changing for administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Role
from pathways.programmes.actions.own_facts import (
    OwnFactError,
    add_own_fact,
    change_own_fact,
    is_used,
    retire_own_fact,
)
from pathways.programmes.models import OwnFact
from pathways.programmes.queries.own_facts import rule_sets_using
from pathways.rules import PROGRAMMES
from pathways.web.gate import StaffRequest, page_for
from pathways.web.policy.own_facts.forms import ChoiceFormSet, OwnFactForm, choices_of, initial_of

administrator_page = page_for(frozenset({Role.ADMINISTRATOR}))
reader_page = page_for(frozenset({Role.ADMINISTRATOR, Role.POLICY_EDITOR, Role.POLICY_APPROVER}))


@require_safe
@reader_page
def own_facts(request: StaffRequest) -> HttpResponse:
    """All own facts with the rule sets that use them."""
    language = get_language() or "en"
    rows = [
        {
            "fact": fact,
            "label": fact.labels.get(language) or fact.labels["en"],
            "choices": [choice["label"].get(language) or choice["label"]["en"] for choice in fact.choices],
            "programmes": [
                PROGRAMMES[code].titles.get(language, code) for code in fact.programmes if code in PROGRAMMES
            ],
            "rule_sets": list(rule_sets_using(fact.code)),
        }
        for fact in OwnFact.objects.all()
    ]
    context = {"rows": rows, "may_write": Role.ADMINISTRATOR in request.roles}
    return render(request, "policy/own_facts/list.html", context)


@administrator_page
def add(request: StaffRequest) -> HttpResponse:
    """Adds a fact."""
    form = OwnFactForm(request.POST or None)
    rows = ChoiceFormSet(request.POST or None, prefix="choice")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        fact = OwnFact(**form.values(), choices=choices_of(rows))
        if _saved(form, lambda: add_own_fact(actor=request.user, fact=fact, on=request.today)):
            messages.success(request, _("The fact is added. Forms, lists and rules offer it now."))
            return redirect("policy:own_facts")
    return _form_page(request, form, rows, None)


@administrator_page
def change(request: StaffRequest, code: str) -> HttpResponse:
    """Changes a fact; of one that a rule set used, code, kind and meaning of blank stay."""
    fact = get_object_or_404(OwnFact, code=code)
    values, choices = initial_of(fact)
    form = OwnFactForm(request.POST or None, initial=values, used=is_used(fact))
    rows = ChoiceFormSet(request.POST or None, initial=choices, prefix="choice")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        changes = {**form.values(), "choices": choices_of(rows)}
        if _saved(form, lambda: change_own_fact(actor=request.user, fact=fact, changes=changes, on=request.today)):
            messages.success(request, _("The fact is changed."))
            return redirect("policy:own_facts")
    return _form_page(request, form, rows, fact)


@require_POST
@administrator_page
def retire(request: StaffRequest, code: str) -> HttpResponse:
    """Lets nobody record a fact any more."""
    fact = get_object_or_404(OwnFact, code=code)
    retire_own_fact(actor=request.user, fact=fact, on=request.today)
    messages.success(request, _("Nobody records this fact any more. What was recorded stays."))
    return redirect("policy:own_facts")


def _saved(form: OwnFactForm, save: Any) -> bool:
    """Whether it was kept; what the action refuses is said at the field."""
    known = {"labels": "label_en", "choices": None, "": None}
    try:
        save()
    except OwnFactError as error:
        form.add_error(known.get(error.field, error.field), str(error))
        return False
    return True


def _form_page(request: StaffRequest, form: OwnFactForm, rows: Any, fact: OwnFact | None) -> HttpResponse:
    context = {"form": form, "rows": rows, "fact": fact}
    faulty = request.method == "POST"
    return render(request, "policy/own_facts/form.html", context, status=422 if faulty else 200)
