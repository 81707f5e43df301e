"""The examples of a rule set: run, shown, changed, and those that are missing proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.previews.examples import (
    FEWEST,
    ExampleRun,
    Proposal,
    day_of_examples,
    example_data,
    expected_of,
    proposals,
    run,
)
from pathways.programmes.actions.drafting import FIRST, DraftConflictError, DraftError, change_draft
from pathways.programmes.parts import Add, GoneError, Put, Remove, items
from pathways.programmes.queries.drafts import draft_head
from pathways.rules import RuleSet, RuleSetError, parse_rule_set
from pathways.web.gate import StaffRequest, staff_page
from pathways.web.names import outcome_word
from pathways.web.policy.gates import get_draft, get_rule_set, may_edit, reading_language, writer_page
from pathways.web.policy.previews.example_form import ExampleForm
from pathways.web.policy.previews.tabs import tabs
from pathways.web.policy.previews.words import RuleSetWords

if TYPE_CHECKING:
    from pathways.programmes.models import RuleSet as StoredRuleSet
    from pathways.programmes.parts import Change

SECTION = "examples"


def read(stored: StoredRuleSet) -> RuleSet | None:
    """The document of a rule set; None while it has faults."""
    try:
        return parse_rule_set(stored.content)
    except RuleSetError:
        return None


def examples_context(document: RuleSet | None, language: str) -> dict[str, Any]:
    """The examples with their results, failing ones first; nothing while the document has faults."""
    if document is None:
        return {"examples_run": None, "examples": [], "unreached": []}
    found: ExampleRun = run(document)
    words = RuleSetWords(document, language)
    shown = [words.example(number, result) for number, result in enumerate(found.results)]
    return {
        "examples_run": found,
        "examples": sorted(shown, key=lambda one: one.passed),
        "unreached": [outcome_word(outcome) for outcome in found.unreached],
        "fewest": FEWEST,
    }


@require_safe
@staff_page
def examples(request: StaffRequest, code: str) -> HttpResponse:
    """All examples with what came out."""
    stored = get_rule_set(code)
    return render(
        request,
        "policy/previews/examples.html",
        _page(request, stored) | examples_context(read(stored), reading_language()),
    )


def _page(request: StaffRequest, stored: StoredRuleSet) -> dict[str, Any]:
    return {
        "rule_set": stored,
        "tabs": tabs(stored, "examples"),
        "editable": may_edit(request, stored),
        "base": draft_head(stored).number,
    }


@require_safe
@writer_page
def missing(request: StaffRequest, code: str) -> HttpResponse:
    """Which example is missing: persons at the boundaries and of rules that no example shows, with what comes out."""
    stored, language = get_rule_set(code), reading_language()
    document = read(stored)
    found = proposals(document, on=day_of_examples(document, request.today)) if document else []
    words = RuleSetWords(document, language) if document else None
    context = {"proposals": [_proposed(one, words) for one in found] if words else [], "faulty": document is None}
    return render(request, "policy/previews/missing.html", _page(request, stored) | context)


def _proposed(one: Proposal, words: RuleSetWords) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": _name(one, words),
        "why": _why(one, words),
        "on": one.example.on,
        "facts": words.facts(one.example.facts),
        "expect": words.expectation(one.example.expect),
        "outcome": one.example.expect.outcome,
    }


def _name(one: Proposal, words: RuleSetWords) -> str:
    title = words.title(one.section, one.code)
    if one.boundary is None:
        return title
    label, value = words.label(one.boundary.fact.name), words.value(one.boundary.fact.name, one.boundary.value)
    return f"{title}: {label} {value}"


def _why(one: Proposal, words: RuleSetWords) -> str:
    if one.boundary is None:
        return _("No example is decided by this rule.")
    if one.boundary.holds:
        return _("Just inside: the condition holds for this person.")
    return _("Just outside: the condition does not hold for this person.")


@require_POST
@writer_page
def accept(request: StaffRequest, code: str) -> HttpResponse:
    """Takes a proposed example into the draft, with what the rules say of it now as what is expected."""
    stored = get_draft(request, code)
    document, key = read(stored), request.POST.get("key", "")
    found = proposals(document, on=day_of_examples(document, request.today)) if document else []
    one = next((each for each in found if each.key == key), None)
    if document is None or one is None:
        messages.warning(request, _("This example is not missing any more."))
        return redirect("policy:examples_missing", stored.code)
    name = _name(one, RuleSetWords(document, reading_language()))
    data = {**example_data(document, one.example), "name": name}
    if _changed(request, stored, Add(SECTION, data), "/examples"):
        messages.success(request, _("Added: %(name)s") % {"name": name})
    return redirect("policy:examples_missing", stored.code)


@writer_page
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A new example."""
    stored = get_draft(request, code)
    document = read(stored)
    day = day_of_examples(document, request.today).isoformat() if document else ""
    return _form(request, stored, {"name": "", "on": day, "facts": {}, "expect": {"outcome": "obliged"}}, None)


@writer_page
def edit(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """One example of a draft, to change or to try."""
    stored = get_draft(request, code)
    listed = items(stored.content, SECTION)
    if number >= len(listed) or not isinstance(listed[number], dict):
        raise Http404
    return _form(request, stored, listed[number], number)


def _form(request: StaffRequest, stored: StoredRuleSet, example: dict[str, Any], number: int | None) -> HttpResponse:
    document = read(stored)
    if document is None:
        messages.warning(request, _("The rule set has faults. Mend them first, then its examples can be run."))
        return redirect("policy:rule_set", stored.code)
    language = reading_language()
    data = request.POST if request.method == "POST" else None
    form = ExampleForm(data, rule_set=document, example=example, language=language)
    context: dict[str, Any] = {"form": form, "number": number, "result": None}
    if data is not None and form.is_valid():
        if data.get("act") == "try":
            context |= _tried(document, form, language)
        elif _kept(request, stored, form, number):
            return redirect("policy:examples", stored.code)
    status = 422 if form.errors else 200
    return render(request, "policy/previews/example.html", _page(request, stored) | context, status=status)


def _tried(document: RuleSet, form: ExampleForm, language: str) -> dict[str, Any]:
    """What comes out for the person of the form, nothing kept."""
    found = expected_of(document, facts=form.facts(), on=form.cleaned_data["on"])
    return {"result": found, "result_lines": RuleSetWords(document, language).expectation(found)}


def _kept(request: StaffRequest, stored: StoredRuleSet, form: ExampleForm, number: int | None) -> bool:
    value = form.written()
    if number is None:
        return _changed(request, stored, Add(SECTION, value), "/examples")
    return _changed(request, stored, Put(SECTION, value, key=f"@{number}"), f"/examples/{number}")


@require_POST
@writer_page
def remove(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Takes an example out of a draft."""
    stored = get_draft(request, code)
    if _changed(request, stored, Remove(SECTION, f"@{number}"), f"/examples/{number}"):
        messages.success(request, _("The example was removed. You can undo this in the draft."))
    return redirect("policy:examples", stored.code)


def _changed(request: StaffRequest, stored: StoredRuleSet, change: Change, place: str) -> bool:
    """Make one change to the draft; whether it was made."""
    base = request.POST.get("base", "")
    number = max(FIRST, int(base) if base.isdecimal() else draft_head(stored).number)
    try:
        change_draft(actor=request.user, rule_set=stored, change=change, base=number, on=request.today, place=place)
    except DraftConflictError as conflict:
        who = conflict.head.by or _("Somebody")
        messages.warning(request, _("%(name)s changed the same meanwhile. Look at it and try again.") % {"name": who})
    except (DraftError, GoneError):
        messages.warning(request, _("This part is not in the draft any more."))
    else:
        return True
    return False
