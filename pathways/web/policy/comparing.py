"""The difference between any two versions, to read and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render

from pathways.programmes.models import RuleSet
from pathways.web.gate import StaffRequest, staff_page
from pathways.web.policy.difference import Comparison
from pathways.web.policy.gates import get_rule_set, reading_language

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff_page
def compare(request: StaffRequest, code: str, other: str) -> HttpResponse:
    """What `code` changes in `other`: by rule and condition, old struck, new marked."""
    if (chosen := request.GET.get("with", "")) and chosen != other:
        return redirect("policy:compare", code, get_rule_set(chosen).code)
    new, old = get_rule_set(code), get_rule_set(other)
    sections = Comparison(old.content, new.content, reading_language()).sections()
    codes = RuleSet.objects.filter(line=new.line).order_by("valid_from").values_list("code", flat=True)
    context = {
        "rule_set": new,
        "old": old,
        "sections": sections,
        "others": [each for each in codes if each != code],
        "number": sum(len(section.items) for section in sections),
    }
    return render(request, "policy/compare.html", context)
