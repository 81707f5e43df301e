"""Deciding cases: versions, statuses, outcomes, components, deadlines and the next day to look again, in one scan."""

from pathways.rules.evaluating.statement import due_on, evaluation_sql, evaluation_template
from pathways.rules.evaluating.versions import first_day_alike

__all__ = ["due_on", "evaluation_sql", "evaluation_template", "first_day_alike"]
