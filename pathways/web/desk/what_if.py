"""What if: other facts tried against the rules, compared with those of the case. Nothing is saved, nobody is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.errors import FactError
from pathways.cases.own_facts import recordable_for
from pathways.cases.queries import what_if
from pathways.cases.values import RECORDABLE
from pathways.rules import GROUP_LABELS, Own
from pathways.web.desk.fact_fields import fact_field
from pathways.web.desk.words import Words
from pathways.web.names import programme_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathways.cases.models import Case
    from pathways.cases.queries import Tried, WhatIf
    from pathways.web.gate import StaffRequest

REQUIREMENTS = {
    "required": gettext_lazy("required"),
    "offered": gettext_lazy("offered"),
    "none": gettext_lazy("not asked"),
    "undecided": gettext_lazy("not known"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that changes: before is "" for something new."""

    label: str
    before: str
    after: str


def fact_choices(words: Words, own: Own) -> list[tuple[str, list[tuple[str, str]]]]:
    """The facts one may try, by group."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, fact in {**RECORDABLE, **own}.items():
        groups.setdefault(words.text(GROUP_LABELS[fact.group]), []).append((name, words.fact(name)))
    return list(groups.items())


def what_if_context(request: StaffRequest, case: Case, words: Words) -> dict[str, Any]:
    """The form and, once a value was sent, what it would change."""
    name = request.GET.get("fact", "")
    own = recordable_for(case, leads=True)
    name = name if name in RECORDABLE or name in own else ""
    nothing = dict.fromkeys(("field", "tried", "said", "rule", "possible", "missing", "differences"))
    context: dict[str, Any] = {"case": case, "facts": fact_choices(words, own), "chosen": name, **nothing}
    if not name:
        return context
    sent = "value" in request.GET and request.GET.get("chosen", name) == name
    form = forms.Form({"value": request.GET["value"]} if sent else None, auto_id="what_if_%s")
    form.fields["value"] = fact_field(name, words.language)
    form.fields["value"].label = _("to")
    context["field"] = form["value"]
    if sent and form.is_valid():
        context |= _tried(request, case, words, name, form)
    return context


def _tried(request: StaffRequest, case: Case, words: Words, name: str, form: forms.Form) -> dict[str, Any]:
    value = form.cleaned_data["value"]
    try:
        tried = what_if(case=case, changes={name: value}, on=request.today)
    except FactError as error:
        for problem in error.problems:
            form.add_error("value", f"{problem.message} {problem.remedy}")
        return {}
    return {
        "tried": tried,
        "said": f"{words.fact(name)}: {words.shown(name, value)}",
        "rule": words.rule(tried.after.duty, tried.after.result.rule),
        "possible": tried.after.result.possible or [],
        "missing": [words.fact(missing) for missing in tried.after.result.missing or ()],
        "differences": differences(tried, case, words),
    }


def differences(tried: WhatIf, case: Case, words: Words) -> list[Difference]:
    """What would be otherwise: rule set, programme, components, deadlines."""
    before, after = tried.before, tried.after
    lines = [
        (_("Rule set"), before.duty.code if before.duty else "", after.duty.code if after.duty else _("none")),
        (
            _("Programme"),
            programme_title(case.programme, words.language),
            programme_title(tried.programme, words.language) or _("to be chosen"),
        ),
        *_paired(_components(before, words), _components(after, words), str(REQUIREMENTS["none"])),
        *_paired(_deadlines(before, words), _deadlines(after, words), _("none")),
    ]
    return [Difference(label, old, new) for label, old, new in lines if old != new]


def _paired(before: Mapping[str, str], after: Mapping[str, str], nothing: str) -> list[tuple[str, str, str]]:
    labels = dict.fromkeys([*before, *after])
    return [(label, before.get(label, ""), after.get(label, nothing)) for label in labels]


def _components(side: Tried, words: Words) -> dict[str, str]:
    """Each component of the trajectory, and what is asked of it."""
    parts = side.trajectory.components if side.trajectory else ()
    return {words.text(part.title): str(REQUIREMENTS[side.components[part.code]]) for part in parts}


def _deadlines(side: Tried, words: Words) -> dict[str, str]:
    """Each deadline, and when it ends."""
    return {
        _("Deadline: %(title)s") % {"title": words.text(line.rule.title)}: words.date(line.due_on)
        if line.due_on
        else words.period(line.rule.length)
        for line in side.deadlines
    }
