"""One person under two versions, beside each other: a case of the reader's office, or somebody made up. Nothing is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.cases.deciding.unsaved import Evaluation, evaluate_facts
from pathways.cases.models import Case
from pathways.cases.queries.overview import values_of
from pathways.programmes.models import RuleSet as StoredRuleSet
from pathways.rules import PROGRAMMES, RuleSet
from pathways.web.fact_fields import date_widget
from pathways.web.gate import DESK_ROLES, StaffRequest, get_case, staff_page
from pathways.web.names import outcome_word, programme_title
from pathways.web.policy.gates import get_rule_set, reading_language
from pathways.web.policy.previews.examples import read
from pathways.web.policy.previews.figures import REQUIREMENTS
from pathways.web.policy.previews.person_form import PersonForm
from pathways.web.policy.previews.tabs import tabs
from pathways.web.policy.previews.words import RuleSetWords


@dataclass(frozen=True)
class Line:
    """One thing under both versions; `differs` marks what is not the same."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the versions say different things."""
        return self.first != self.second


class TryForm(PersonForm):
    """Two versions of a line, a day, and a person."""

    def __init__(self, *args: Any, versions: list[str], programmes: list[str], cases: bool, **more: Any) -> None:
        """`versions` are the codes to compare with; `cases`: the reader may name a case instead of facts."""
        super().__init__(*args, **more)
        own: dict[str, forms.Field] = {
            "other": forms.ChoiceField(label=_("Compared with"), choices=[(code, code) for code in versions]),
            "on": forms.DateField(label=_("Day"), widget=date_widget()),
            "programme": forms.ChoiceField(
                label=_("Programme"), choices=[(code, programme_title(code, more["language"])) for code in programmes]
            ),
        }
        if cases:
            own["case"] = forms.CharField(
                label=_("Case"),
                required=False,
                help_text=_("The reference of a case of your office; its facts are used."),
            )
        self.fields = own | self.fields


@require_safe
@staff_page
def what_if(request: StaffRequest, code: str) -> HttpResponse:
    """The form, and once it is filled in, the person under both versions."""
    stored, language = get_rule_set(code), reading_language()
    context: dict[str, Any] = {"rule_set": stored, "tabs": tabs(stored, "what_if"), "lines": [], "form": None}
    document = read(stored)
    if document is None:
        return render(request, "policy/previews/what_if.html", context | {"faulty": True})
    form = _form(request, document, language)
    context["form"] = form
    if "on" in request.GET and form.is_valid():
        context |= _compared(request, document, form, language)
    return render(request, "policy/previews/what_if.html", context, status=422 if form.errors else 200)


def _form(request: StaffRequest, document: RuleSet, language: str) -> TryForm:
    versions = list(
        StoredRuleSet.objects.filter(line=document.line)
        .exclude(code=document.code)
        .order_by("-valid_from")
        .values_list("code", flat=True)
    )
    before = (
        StoredRuleSet.objects.in_force_on(request.today).filter(line=document.line).exclude(code=document.code).first()
    )
    programmes = [one.code for one in PROGRAMMES.values() if document.line in (one.duty_line, one.trajectory_line)]
    initial = {"on": max(document.valid_from, request.today), "other": before.code if before else None}
    return TryForm(
        request.GET if "on" in request.GET else None,
        rule_sets=[document],
        language=language,
        versions=versions or [document.code],
        programmes=programmes,
        cases=bool(request.roles & DESK_ROLES),
        initial=initial,
    )


def _compared(request: StaffRequest, document: RuleSet, form: TryForm, language: str) -> dict[str, Any]:
    other = read(get_rule_set(form.cleaned_data["other"]))
    case = _case(request, form)
    if form.errors or other is None:
        return {"faulty": other is None}
    facts = _facts_of(case) if case else form.facts()
    programme = (case and case.programme) or form.cleaned_data["programme"]
    on = form.cleaned_data["on"]
    sides = [evaluate_facts(programme=programme, facts=facts, on=on, forced=version) for version in (other, document)]
    return {"case": case, "other": other, "sides": sides, "lines": list(_lines(sides, (other, document), language))}


def _case(request: StaffRequest, form: TryForm) -> Case | None:
    """The case named, if the reader may see it; seeing its facts so is logged as a view of the file."""
    reference = form.cleaned_data.get("case", "").strip()
    if not reference:
        return None
    if not Case.objects.visible_to(request.user, on=request.today).filter(reference=reference).exists():
        form.add_error("case", _("There is no such case in your office."))
        return None
    return get_case(request, reference, page="rules_what_if", purpose="policy")


def _facts_of(case: Case) -> Mapping[str, Any]:
    return {name: value for name, value in values_of(case.facts).items() if value is not None}


def _lines(sides: list[Evaluation], versions: tuple[RuleSet, RuleSet], language: str) -> list[Line]:
    words = [RuleSetWords(version, language) for version in versions]
    first, second = sides
    lines = [
        Line(_("Outcome"), outcome_word(first.outcome), outcome_word(second.outcome)),
        Line(_("By rule"), *(_rule(side, word) for side, word in zip(sides, words, strict=True))),
        Line(_("Missing facts"), *(word.labels(side.missing) for side, word in zip(sides, words, strict=True))),
    ]
    lines += _paired([_components(side, language) for side in sides])
    lines += _paired([_deadlines(side, word, language) for side, word in zip(sides, words, strict=True)])
    return [line for line in lines if line.first or line.second]


def _rule(side: Evaluation, words: RuleSetWords) -> str:
    return (words.rule(side.rule) or side.rule or "") if side.duty else _("no version of the line of the duty")


def _components(side: Evaluation, language: str) -> dict[str, str]:
    parts = side.trajectory.components if side.trajectory else ()
    return {part.title[language]: _component(part, str(REQUIREMENTS[side.components[part.code]])) for part in parts}


def _component(part: Any, asked: str) -> str:
    """What is asked of a component, with its hours and level where the law gives them."""
    measures = []
    if part.planned_hours is not None:
        measures.append(_("%(hours)g hours") % {"hours": part.planned_hours})
    if part.target_level:
        measures.append(part.target_level)
    return ", ".join([asked, *measures])


def _deadlines(side: Evaluation, words: RuleSetWords, language: str) -> dict[str, str]:
    if side.explanation is None or side.outcome != "obliged" or side.duty is None:
        return {}
    titles = {each.code: each.title[language] for each in side.duty.deadlines}
    return {
        _("Deadline: %(title)s") % {"title": titles[each.code]}: _due(each.due_on, words)
        for each in side.explanation.deadlines
        if each.applies
    }


def _due(day: dt.date | None, words: RuleSetWords) -> str:
    return words.day(day) if day else _("its start is not known")


def _paired(sides: list[dict[str, str]]) -> list[Line]:
    first, second = sides
    return [Line(label, first.get(label, ""), second.get(label, "")) for label in dict.fromkeys([*first, *second])]
