"""The texts of the editor of conditions, which runs in the browser."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def editor_words() -> dict[str, Any]:
    """Every text of `static/js/islands/condition.jsx`, in the reader's language."""
    return {
        "always": _("Always"),
        "never": _("Never"),
        "none": _("Not found in any source"),
        "underConditions": _("Under conditions"),
        "alwaysOrNever": _("Always or never"),
        "asText": _("As text"),
        "other": _("Other"),
        "yes": _("Yes"),
        "no": _("No"),
        "when": _("when"),
        "value": _("Value"),
        "from": _("from"),
        "to": _("to"),
        "addValue": _("add"),
        "takeOut": _("Take out"),
        "reads": _("Reads:"),
        "loading": _("Loading…"),
        "sourceValue": _("a value"),
        "sourceFact": _("another fact"),
        "combinators": {
            "and": _("All of these"),
            "or": _("At least one of these"),
            "none": _("None of these"),
            "notall": _("Not all of these"),
        },
        "operators": _operators(),
        "dates": {
            "<": _("is before"),
            "<=": _("is on or before"),
            ">": _("is after"),
            ">=": _("is on or after"),
        },
        "units": {"years": _("years"), "months": _("months"), "days": _("days"), "minutes": _("minutes")},
        "translations": _translations(),
    }


def _operators() -> dict[str, str]:
    return {
        "is": _("is"),
        "==": _("is"),
        "!=": _("is not"),
        "<": _("is less than"),
        "<=": _("is at most"),
        ">": _("is more than"),
        ">=": _("is at least"),
        "between": _("is between"),
        "notBetween": _("is not between"),
        "in": _("is one of"),
        "notIn": _("is none of"),
    }


def _translations() -> dict[str, dict[str, str]]:
    """As react-querybuilder names its buttons."""
    return {
        "fields": {"title": _("Fact"), "placeholderLabel": "–", "placeholderGroupLabel": "–"},
        "operators": {"title": _("Comparison"), "placeholderLabel": "–", "placeholderGroupLabel": "–"},
        "values": {"title": _("Value"), "placeholderLabel": "–", "placeholderGroupLabel": "–"},
        "value": {"title": _("Value")},
        "valueSourceSelector": {"title": _("Compared with")},
        "combinators": {"title": _("How the conditions combine")},
        "addRule": {"label": _("Add a condition"), "title": _("Add a condition")},
        "addGroup": {"label": _("Add a group"), "title": _("Add a group")},
        "removeRule": {"label": "×", "title": _("Remove the condition")},
        "removeGroup": {"label": "×", "title": _("Remove the group")},
        "cloneRule": {"label": _("Copy"), "title": _("Copy the condition")},
        "cloneRuleGroup": {"label": _("Copy"), "title": _("Copy the group")},
        "shiftActionUp": {"label": "↑", "title": _("Move up")},
        "shiftActionDown": {"label": "↓", "title": _("Move down")},
    }
