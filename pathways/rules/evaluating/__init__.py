"""Deciding cases: versions, statuses, outcomes, components, deadlines and the next day to look again, in one scan."""

from pathways.rules.evaluating.statement import due_on, evaluation_sql

__all__ = ["due_on", "evaluation_sql"]
