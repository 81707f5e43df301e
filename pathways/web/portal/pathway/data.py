"""My data: everything recorded about the person, to read, and as a file for people (PDF) and for programs (JSON)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.base.clock import now
from pathways.documents.typesetting import typeset
from pathways.web import dates
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.papers import paper_lines
from pathways.web.portal.pathway.seen_by import looks
from pathways.web.portal.pathway.telling import Told, plain, told
from pathways.web.portal.pathway.words import PlainWords

if TYPE_CHECKING:
    from pathways.people.models import Person

SHOWN_ROWS = 12
"""So many rows of a section are on the page; the files have all of them."""


class Encoder(DjangoJSONEncoder):
    """Also writes periods, as first and last day (half-open)."""

    def default(self, o: object) -> Any:
        """A period as two days."""
        if isinstance(o, DateRange):
            return {"from": o.lower, "before": o.upper}
        return super().default(o)


@require_safe
@portal_page
def data(request: PortalRequest) -> HttpResponse:
    """Everything to read; long lists are cut, and say so."""
    sections = [
        {"told": one, "rows": one.rows[:SHOWN_ROWS], "count": len(one.rows), "more": len(one.rows) > SHOWN_ROWS}
        for one in told(request.person, PlainWords())
    ]
    return render(request, "portal/pathway/data.html", {"sections": sections})


@require_safe
@portal_page
def data_json(request: PortalRequest) -> HttpResponse:
    """Everything as it is stored."""
    content = {
        "made_at": now(),
        **plain(request.person),
        "papers": _papers(request.person),
        "views": _views(request.person),
    }
    answer = JsonResponse(content, encoder=Encoder, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_safe
@portal_page
def data_pdf(request: PortalRequest) -> HttpResponse:
    """Everything to read, on paper."""
    words, at = PlainWords(), now().replace(microsecond=0)
    sections = told(request.person, words)
    papers = [[(str(line.meaning.title), f"{line.name}, {words.day(line.on)}")] for line in paper_lines(request.person)]
    seen = [
        [(dates.moment(look.at, language=words.language), look.sentence)]
        for _number, look in looks(request.person, size=None)
    ]
    sections += [Told("papers", _("My papers"), papers), Told("views", _("Who looked at my file"), seen)]
    content = typeset("my_data", _paper_data(request.person, sections, words), made_at=at)
    headers = {"Content-Disposition": 'attachment; filename="my-data.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _paper_data(person: Person, sections: list[Told], words: PlainWords) -> dict[str, Any]:
    return {
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "title": _("My data"),
        "name": str(person),
        "made": _("This page is from %(moment)s.")
        % {"moment": dates.moment(localtime(now()), language=words.language)},
        "sections": [
            {"title": one.title, "rows": [[list(pair) for pair in row] for row in one.rows]}
            for one in sections
            if one.rows
        ],
    }


def _papers(person: Person) -> list[dict[str, Any]]:
    return [{"name": line.name, "on": line.on, "group": line.meaning.group} for line in paper_lines(person)]


def _views(person: Person) -> list[dict[str, Any]]:
    return [
        {"at": look.at, "who": look.who, "organisation": look.organisation, "part": look.part, "purpose": look.purpose}
        for _number, look in looks(person, size=None)
    ]
