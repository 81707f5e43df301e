"""The rules, to read, for all staff: every line on one axis of years, and one rule set in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language

from pathways.programmes.queries import lines, published_rule_set
from pathways.rules import parse_rule_set
from pathways.web.gate import StaffRequest, staff_page
from pathways.web.policy.sheet import sheet
from pathways.web.policy.timeline import timeline

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def rule_sets(request: StaffRequest) -> HttpResponse:
    """All lines with their versions."""
    return render(
        request, "policy/rule_sets.html", {"timeline": timeline(lines(), on=request.today, language=_language())}
    )


@staff_page
def rule_set(request: StaffRequest, code: str) -> HttpResponse:
    """One rule set as an ordered page: statuses, components, deadlines, and whatever else the law says."""
    stored = published_rule_set(code)
    if stored is None:
        raise Http404
    language = _language()
    drawn = timeline(lines(), on=request.today, language=language, current=code)
    context = {
        "rule_set": stored,
        "version": next(version for row in drawn.rows for version in row.versions if version.current),
        "sheet": sheet(parse_rule_set(stored.content), language=language),
        "timeline": drawn,
    }
    return render(request, "policy/rule_set.html", context)


def _language() -> str:
    return (get_language() or "en").split("-")[0]
