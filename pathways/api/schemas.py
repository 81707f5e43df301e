"""The shapes of requests and answers, for the OpenAPI description. Reading and writing is done elsewhere."""

from __future__ import annotations

from rest_framework import serializers as s

from pathways.rules import COMPONENT_CODES, DEADLINE_CODES, OUTCOMES, PROGRAMMES, REQUIREMENTS


class EvaluationQuestion(s.Serializer[object]):
    """A programme, a day and facts by their names in the catalogue."""

    programme = s.ChoiceField(choices=list(PROGRAMMES))
    on = s.DateField(required=False, help_text="Day of evaluation; today if absent.")
    rule_set = s.CharField(required=False, allow_null=True, help_text="Code of a published rule set to force.")
    facts = s.DictField(child=s.JSONField(), help_text="See /facts/. Derived facts may be given and then win.")


class ComponentAnswer(s.Serializer[object]):
    """What is asked of one component."""

    code = s.ChoiceField(choices=COMPONENT_CODES)
    requirement = s.ChoiceField(choices=REQUIREMENTS)
    planned_hours = s.FloatField(allow_null=True)
    target_level = s.CharField(allow_null=True)


class DeadlineAnswer(s.Serializer[object]):
    """A term; `due_on` is null until its start is known."""

    code = s.ChoiceField(choices=DEADLINE_CODES)
    due_on = s.DateField(allow_null=True)


class EvaluationAnswer(s.Serializer[object]):
    """Outcome and reasons."""

    programme = s.CharField()
    on = s.DateField()
    duty_rule_set = s.CharField(allow_null=True)
    trajectory_rule_set = s.CharField(allow_null=True)
    outcome = s.ChoiceField(choices=[*OUTCOMES, "undecided"])
    rule = s.CharField(allow_null=True)
    possible_outcomes = s.ListField(child=s.CharField())
    missing_facts = s.ListField(child=s.CharField())
    components = ComponentAnswer(many=True)
    deadlines = DeadlineAnswer(many=True)
    reasons = s.DictField()


class FaultEntry(s.Serializer[object]):
    """One fault and its place."""

    pointer = s.CharField()
    code = s.CharField()
    detail = s.CharField()


class ProblemDocument(s.Serializer[object]):
    """RFC 9457."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    errors = FaultEntry(many=True, required=False)  # type: ignore[assignment]  # the field's own name in RFC 9457 documents


class ProgrammeEntry(s.Serializer[object]):
    """A programme."""

    code = s.CharField()
    region = s.CharField()
    duty_line = s.CharField()
    trajectory_line = s.CharField()
    titles = s.DictField(child=s.CharField())


class RuleSetEntry(s.Serializer[object]):
    """A published rule set in the list."""

    code = s.CharField()
    line = s.CharField()
    titles = s.DictField(child=s.CharField())
    valid_from = s.DateField()
    valid_to = s.DateField(allow_null=True)


class ChoiceEntry(s.Serializer[object]):
    """A choice of a fact."""

    code = s.CharField()
    labels = s.DictField(child=s.CharField())


class FactEntry(s.Serializer[object]):
    """A fact of the catalogue."""

    name = s.CharField()
    type = s.CharField()
    group = s.CharField()
    group_labels = s.DictField(child=s.CharField())
    labels = s.DictField(child=s.CharField())
    blank = s.ChoiceField(choices=["unknown", "false"])
    choices = ChoiceEntry(many=True)
    derived = s.BooleanField()
    sources = s.ListField(child=s.CharField())
    unit = s.CharField()
