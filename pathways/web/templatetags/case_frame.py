"""`{% load case_frame %}`: the pages of a case under its head."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from pathways.web.desk.case_tabs import case_tabs

register = template.Library()


@register.inclusion_tag("desk/case/_tabs.html")
def case_pages(reference: str, current: str) -> dict[str, Any]:
    """The tabs of a case; `current` is the route name of the page, as `desk:case`."""
    return {"label": _("Pages of this case"), "items": case_tabs(reference, current)}
