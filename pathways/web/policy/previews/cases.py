"""The list of cases that a rule set would decide otherwise: what each has now, and what it would have."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from pathways.cases.models import Case
from pathways.previews.models import Preview, PreviewCase
from pathways.previews.queries import ChangeFilter, changed_cases
from pathways.rules import COMPONENT_CODES, COMPONENT_LABELS, DEADLINE_CODES, DEADLINE_LABELS, read_components
from pathways.web.dates import long_date
from pathways.web.gate import StaffRequest
from pathways.web.names import outcome_word
from pathways.web.policy.previews.figures import ORDER, REQUIREMENTS

SIZE = 25


@dataclass(frozen=True)
class Change:
    """One thing of a case that changes; before or after "" for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedCase:
    """A case of the list."""

    case: Case
    was: str
    becomes: str
    changes: list[Change]


def which_cases(request: StaffRequest) -> ChangeFilter:
    """What the address asks for; unknown values are ignored."""
    asked = request.GET
    return ChangeFilter(
        was=asked.get("was", "") if asked.get("was") in ORDER else "",
        becomes=asked.get("becomes", "") if asked.get("becomes") in ORDER else "",
        deadline=asked.get("deadline", "") if asked.get("deadline") in DEADLINE_CODES else "",
        component=asked.get("component", "") if asked.get("component") in COMPONENT_CODES else "",
        office=int(asked["office"])
        if asked.get("office", "").isascii() and asked.get("office", "").isdigit()
        else None,
    )


def cases_context(request: StaffRequest, preview: Preview, which: ChangeFilter, language: str) -> dict[str, Any]:
    """A page of the list."""
    scope = Case.objects.visible_to(request.user, on=request.today)
    after = request.GET.get("after", "")
    found = changed_cases(
        preview, scope=scope, which=which, after=int(after) if after.isascii() and after.isdigit() else 0, size=SIZE
    )
    asked = {
        name: value for name in ("was", "becomes", "deadline", "component", "office") if (value := getattr(which, name))
    }
    following = f"?{urlencode({**asked, 'after': found[SIZE - 1].case_id})}" if len(found) > SIZE else ""
    return {
        "changed": [changed_case(one, language) for one in found[:SIZE]],
        "following": following,
        "first": reverse("policy:preview_cases", args=[preview.rule_set.code, preview.public_id]) if after else "",
        "asked": _asked(which, language),
    }


def _asked(which: ChangeFilter, language: str) -> str:
    """The filter in words."""
    parts = []
    if which.was:
        parts.append(_("now %(outcome)s") % {"outcome": outcome_word(which.was)})
    if which.becomes:
        parts.append(_("then %(outcome)s") % {"outcome": outcome_word(which.becomes)})
    if which.deadline:
        parts.append(DEADLINE_LABELS[which.deadline][language])
    if which.component:
        parts.append(COMPONENT_LABELS[which.component][language])
    return ", ".join(parts)


def changed_case(one: PreviewCase, language: str) -> ChangedCase:
    """A case with everything that changes, in words."""
    return ChangedCase(one.case, one.was, one.becomes, [*_dates(one, language), *_components(one, language)])


def _dates(one: PreviewCase, language: str) -> list[Change]:
    found = [(_("Obliged since"), one.obliged_since_was, one.obliged_since_becomes)]
    found += [
        (_("Deadline: %(title)s") % {"title": DEADLINE_LABELS[code][language]}, was, becomes)
        for code, was, becomes in zip(DEADLINE_CODES, one.dues_were, one.dues_become, strict=True)
    ]
    return [
        Change(label, _day(was, language), _day(becomes, language)) for label, was, becomes in found if was != becomes
    ]


def _day(day: dt.date | None, language: str) -> str:
    return long_date(day, language=language) if day else ""


def _components(one: PreviewCase, language: str) -> list[Change]:
    were, become = read_components(one.components_were), read_components(one.components_become)
    return [
        Change(COMPONENT_LABELS[code][language], str(REQUIREMENTS[were[code]]), str(REQUIREMENTS[become[code]]))
        for code in COMPONENT_CODES
        if were[code] != become[code]
    ]
