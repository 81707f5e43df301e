"""Words of the rule-set format on its forms: the fields, what helps to fill them in, and the codes one chooses from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from pathways.rules import COMPONENT_LABELS, DEADLINE_LABELS, LINE_TITLES
from pathways.rules.catalogue.choices import LEVEL_LABELS
from pathways.web.wording import CONFIDENCE, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

SECTIONS: Mapping[str, _StrPromise] = {
    "general": _("General"),
    "notes": _("Conflicts and gaps"),
    "facts": _("Own facts"),
    "statuses": _("Status rules"),
    "components": _("Components"),
    "deadlines": _("Deadlines"),
    "grounds": _("Grounds that a person decides on"),
    "attendance": _("Attendance"),
    "certificate": _("Certificate"),
    "sanctions": _("Steps after a breach"),
    "fees": _("Fees"),
    "examples": _("Examples"),
}
"""Titles of sections; one that is not listed is titled by its name."""

ADD: Mapping[str, _StrPromise] = {
    "notes": _("Add a note"),
    "facts": _("Add a fact"),
    "statuses": _("Add a rule"),
    "components": _("Add a component"),
    "deadlines": _("Add a deadline"),
    "grounds": _("Add a ground"),
    "attendance": _("Add attendance"),
    "certificate": _("Add a certificate"),
    "sanctions": _("Add a step"),
    "fees": _("Add a fee"),
    "examples": _("Add an example"),
}

FIELDS: Mapping[str, _StrPromise] = {
    "amount": _("Amount in euro"),
    "amount_max": _("Highest amount in euro"),
    "amount_min": _("Lowest amount in euro"),
    "applies_when": _("Applies"),
    "article": _("Article"),
    "blank": _("What blank means"),
    "certificate": _("Certificate"),
    "choices": _("Choices"),
    "code": _("Code"),
    "components": _("Components"),
    "confidence": _("How sure we are"),
    "deadlines": _("Deadlines"),
    "decided_by": _("Decided by"),
    "duty_selector": _("The duty follows the version in force on"),
    "ends_at": _("Ends with"),
    "evidence": _("Evidence"),
    "excused": _("An excused absence"),
    "expect": _("Expected"),
    "extends": _("Lengthens"),
    "extension": _("Longer term"),
    "facts": _("Facts"),
    "fees": _("Fees"),
    "issued_when": _("Issued"),
    "kind": _("Kind"),
    "label": _("Label"),
    "law": _("Law"),
    "length": _("Length"),
    "met_when": _("Met"),
    "missing_facts": _("Missing facts"),
    "name": _("Name"),
    "offered_when": _("Offered"),
    "on": _("Day"),
    "outcome": _("Outcome"),
    "planned_hours": _("Hours"),
    "policy": _("Which cases follow this version"),
    "possible_outcomes": _("Possible outcomes"),
    "reason": _("Reason"),
    "recorded_by": _("Recorded by"),
    "renewable": _("Can be renewed"),
    "required_when": _("Required"),
    "rule": _("Deciding rule"),
    "sets": _("Facts that it records"),
    "shift": _("Last day on a weekend or holiday"),
    "source": _("Source"),
    "starts_at": _("Starts on"),
    "stops_terms": _("Stops the terms that run"),
    "target_level": _("Level"),
    "text": _("Text"),
    "then": _("What follows when it passes"),
    "threshold": _("Attended at least (0 to 1)"),
    "title": _("Title"),
    "trajectory_selector": _("The pathway follows the version in force on"),
    "transition": _("Transition"),
    "type": _("Type"),
    "unit": _("Counted in"),
    "url": _("Address of the text"),
    "valid_from": _("First day in force"),
    "valid_to": _("First day no longer in force"),
    "vector": _("Number in the list of cases"),
    "when": _("Condition"),
}
"""Labels by the name of the field; one that is not listed is labelled by its name."""

HELP: Mapping[str, _StrPromise] = {
    "code": _("Lower-case letters, digits and underscores; a rule set is FL-2027 or the like."),
    "source": _("Keys of the sources, such as WA02."),
    "starts_at": _("The first of these that is known."),
    "duty_selector": _("The first of these that is known."),
    "trajectory_selector": _("The first of these that is known."),
    "valid_to": _("Blank while nothing follows."),
}

_ROLES = {role.value: role.label for role in Role}
CHOICES: Mapping[str, Mapping[str, _StrPromise | str]] = {
    "outcome": {code: sign.label for code, sign in OUTCOMES.items()},
    "possible_outcomes": {code: sign.label for code, sign in OUTCOMES.items()},
    "confidence": CONFIDENCE,
    "decided_by": _ROLES,
    "recorded_by": _ROLES,
    "unit": {"hours": _("Hours"), "sessions": _("Sessions")},
    "excused": {"present": _("counts as present"), "absent": _("counts as absent"), "not_counted": _("is not counted")},
    "shift": {"next_working_day": _("moves to the next working day")},
    "policy": {
        "new_starts": _("New starts only"),
        "all_open": _("All open cases"),
        "pinned": _("All open cases but those with a signed contract"),
    },
    "blank": {"unknown": _("not known"), "default": _("no, none or never")},
    "type": {"bool": _("Yes or no"), "int": _("Whole number"), "date": _("Date"), "choice": _("Choice")},
    "components": {
        "required": _("Required"),
        "offered": _("Offered"),
        "none": _("Neither"),
        "undecided": _("Undecided"),
    },
    "kind": {
        "exemption": _("Exemption"),
        "suspension": _("Suspension"),
        "postponement": _("Postponement"),
        "contact": _("Contact"),
        "assessment": _("Assessment"),
        "course": _("Course"),
        "test": _("Test"),
        "act": _("Act"),
    },
}
"""Words of codes by the name of the field; a code that is not listed is looked up in `TEXTS`, else shown as it is."""

TEXTS: tuple[Mapping[str, Mapping[str, str]], ...] = (COMPONENT_LABELS, DEADLINE_LABELS, LEVEL_LABELS, LINE_TITLES)
UNITS: Mapping[str, _StrPromise] = {"D": _("days"), "W": _("weeks"), "M": _("months"), "Y": _("years")}


def readable(name: str) -> str:
    """A code as words: `stops_terms` is "Stops terms"."""
    return name.replace("_", " ").strip().capitalize()


def section_title(name: str) -> str:
    """The title of a section."""
    return str(SECTIONS.get(name) or readable(name))


def add_label(name: str) -> str:
    """What the button says that adds an item to a section."""
    return str(ADD.get(name) or _("Add"))


def field_label(name: str) -> str:
    """The label of a field."""
    return str(FIELDS.get(name) or readable(name))


def choice_label(field: str, code: str | int, language: str) -> str:
    """A code to choose from, in words where there are any."""
    if (known := CHOICES.get(field, {}).get(str(code))) is not None:
        return str(known)
    return next((texts[str(code)][language] for texts in TEXTS if str(code) in texts), str(code))
