"""The endpoints. Evaluation stores nothing and needs no sign-in; it is rate limited per address."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, authentication_classes, permission_classes, throttle_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle

from pathways.api.answers import evaluation_answer
from pathways.api.reading import read_question
from pathways.api.schemas import (
    EvaluationAnswer,
    EvaluationQuestion,
    FactEntry,
    ProblemDocument,
    ProgrammeEntry,
    RuleSetEntry,
)
from pathways.base.clock import today
from pathways.cases.deciding import published_rule_sets
from pathways.cases.deciding.unsaved import evaluate_facts
from pathways.programmes.queries import own_facts
from pathways.rules import FACTS, GROUP_LABELS, PROGRAMMES, RuleSet, json_schema, to_data


class EvaluationThrottle(AnonRateThrottle):
    """Evaluations per address; the rate is in the settings."""

    scope = "evaluate"


FAULTY = {400: OpenApiResponse(ProblemDocument, description="A fault, with a JSON pointer for each")}


@extend_schema(request=EvaluationQuestion, responses={200: EvaluationAnswer, **FAULTY})
@api_view(["POST"])
@authentication_classes([])
@permission_classes([AllowAny])
@throttle_classes([EvaluationThrottle])
def evaluate(request: Request) -> Response:
    """What the rules of a programme say about these facts on a day, with reasons. Nothing is stored."""
    question = read_question(request.data, today=today())
    found = evaluate_facts(programme=question.programme, facts=question.facts, on=question.on, forced=question.rule_set)
    return Response(evaluation_answer(question, found, get_language() or "en"))


@extend_schema(responses=ProgrammeEntry(many=True))
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def programmes(request: Request) -> Response:
    """The programmes: region, line of the duty, line of the trajectory."""
    found = [
        {
            "code": one.code,
            "region": one.region,
            "duty_line": one.duty_line,
            "trajectory_line": one.trajectory_line,
            "titles": dict(one.titles),
        }
        for one in PROGRAMMES.values()
    ]
    return Response(found)


@extend_schema(responses=RuleSetEntry(many=True))
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def rule_sets(request: Request) -> Response:
    """The published rule sets, by line and day; each is read whole under its code."""
    return Response([_entry(one) for _number, one in published_rule_sets()])


def _entry(rule_set: RuleSet) -> dict[str, Any]:
    """A rule set in the list."""
    return {
        "code": rule_set.code,
        "line": rule_set.line,
        "titles": dict(rule_set.title),
        "valid_from": rule_set.valid_from.isoformat(),
        "valid_to": rule_set.valid_to.isoformat() if rule_set.valid_to else None,
    }


@extend_schema(responses={200: OpenApiTypes.OBJECT, 404: ProblemDocument})
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def rule_set(request: Request, code: str) -> Response:
    """One published rule set, in the format of `rule-set.schema.json`."""
    for _number, one in published_rule_sets():
        if one.code == code:
            return Response(to_data(one))
    raise Http404


@extend_schema(responses=OpenApiTypes.OBJECT)
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def rule_set_schema(request: Request) -> Response:
    """The JSON Schema (2020-12) of a rule set."""
    return Response(json_schema(), content_type="application/schema+json")


@extend_schema(responses=FactEntry(many=True))
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def facts(request: Request) -> Response:
    """The fact catalogue: names, types, choices, what a blank means; own facts of programmes last (`group` own)."""
    found = [
        {
            "name": fact.name,
            "type": fact.type,
            "group": fact.group,
            "group_labels": dict(GROUP_LABELS[fact.group]),
            "labels": dict(fact.labels),
            "blank": "unknown" if fact.blank == "unknown" else "false",
            "choices": [{"code": code, "labels": dict(fact.choice_labels.get(code, {}))} for code in fact.choices],
            "derived": fact.derived,
            "sources": list(fact.sources),
            "unit": fact.unit,
        }
        for fact in (*FACTS.values(), *own_facts().values())
    ]
    return Response(found)
