"""What decisions and search words repeat of their case, so that one index serves an office's list or search.

It is written together with them; when the case changes, a trigger follows. Lists still ask the case itself who may see it.
"""

from __future__ import annotations

from typing import Any, Final

import pgtrigger
from django.db import models

IN_DECISION: Final = {
    "office_id": "office_id",
    "counselor_id": "counselor_id",
    "programme": "programme",
    "sort_name": "sort_name",
    "opened_on": "opened_on",
    "is_open": "closed_on IS NULL",
}
"""The columns of a decision that repeat the case, and what they are there."""

FILTERED: Final = ("closed_on", "programme", "counselor")
"""Kept in the indexes of cases by office, so that these filters pass over a case without looking at its row."""

_COLUMNS = ", ".join(f"{name} = NEW.{source}" for name, source in IN_DECISION.items())

FOLLOW: Final = pgtrigger.Trigger(
    name="copies_follow_case",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.AnyChange("office", "counselor", "programme", "sort_name", "opened_on", "closed_on"),
    func=f"""UPDATE cases_decision SET {_COLUMNS} WHERE case_id = NEW.id;
        IF NEW.office_id IS DISTINCT FROM OLD.office_id THEN
            UPDATE cases_searchword SET office_id = NEW.office_id WHERE case_id = NEW.id;
        END IF;
        RETURN NULL;""",  # noqa: S608  constants
)
"""Of a case: its copies change with it, in the same transaction."""


def key_of(model: Any) -> models.ForeignKey[Any, Any]:
    """A copied foreign key: what it names is guarded by the case, not looked up again for each copy."""
    return models.ForeignKey(
        model,
        on_delete=models.DO_NOTHING,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
