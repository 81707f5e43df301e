"""What the editor of conditions asks: is this right, how does it read, which facts and codes are there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathways.programmes.writing import UnreadableError, read_text
from pathways.rules import FACTS, GROUP_LABELS, PROGRESS_FACTS, Fact, Problem
from pathways.rules.conditions import read_condition
from pathways.rules.wording import word_condition
from pathways.web.codes import CodeNames
from pathways.web.gate import StaffRequest, staff_page
from pathways.web.policy.editor.context import Context
from pathways.web.policy.gates import get_rule_set, reading_language
from pathways.web.policy.problems import message, place_steps, place_words
from pathways.web.policy.sheet import Words, worded
from pathways.web.reference import municipality_choices, nationality_choices, permit_choices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TABLES: Mapping[str, Callable[[str], list[tuple[str, str]]]] = {
    "municipalities": municipality_choices,
    "nationalities": nationality_choices,
    "permit_types": permit_choices,
}
LARGEST = 100_000


@require_POST
@staff_page
def check(request: StaffRequest, code: str) -> HttpResponse:
    """Check a condition, given as text (JsonLogic as JSON or YAML), and word it. Nothing is saved."""
    language = reading_language()
    context = Context(get_rule_set(code).content, language)
    text, progress = request.POST.get("condition", "")[:LARGEST], request.POST.get("progress") == "true"
    try:
        data = read_text(text.encode(errors="replace"))
    except UnreadableError as error:
        return JsonResponse({"problems": [{"place": "", "message": str(error)}], "words": None, "data": None})
    node, problems = read_condition(data, progress=progress, own=context.own)
    words = worded(word_condition(node, language, CodeNames(language)), language) if node else None
    return JsonResponse(
        {"problems": [_told(each) for each in problems], "words": _tree(words) if words else None, "data": data}
    )


def _told(problem: Problem) -> dict[str, str]:
    return {"place": place_words(place_steps(problem.pointer)), "message": message(problem)}


def _tree(words: Words) -> dict[str, Any]:
    return {"text": words.text, "op": words.op, "parts": [_tree(part) for part in words.parts]}


@staff_page
def catalogue(request: StaffRequest, code: str) -> HttpResponse:
    """The facts that conditions of a rule set may name, each with type, group and choices in the reader's language."""
    language = reading_language()
    context = Context(get_rule_set(code).content, language)
    every = [*FACTS.values(), *context.own.values(), *PROGRESS_FACTS.values()]
    tables = {
        name: [{"code": code, "label": _coded(code, label)} for code, label in offered(language)]
        for name, offered in TABLES.items()
    }
    groups = [{"name": name, "label": context.text(labels, name)} for name, labels in GROUP_LABELS.items()]
    answer = {
        "facts": list(_facts(every, context)),
        "tables": tables,
        "groups": groups,
        "today": _("the day of the decision"),
    }
    return HttpResponse(json.dumps(answer, ensure_ascii=False), content_type="application/json")


def _coded(code: str, label: str) -> str:
    return label if code in label else f"{label} ({code})"


def _facts(facts: Iterable[Fact], context: Context) -> Iterable[dict[str, Any]]:
    for fact in facts:
        yield {
            "name": fact.name,
            "label": context.fact_label(fact.name),
            "type": fact.type,
            "group": fact.group,
            "table": fact.code_table,
            "unit": fact.unit,
            "choices": [{"code": code, "label": context.choice(fact, code)} for code in fact.choices],
        }
