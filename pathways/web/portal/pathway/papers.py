"""My papers: letters, contract, certificates and what the person handed in, each with what it means; and the papers themselves."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.keeping import keep_offline
from pathways.web.portal.pathway.shelves import documents, shelved

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from pathways.documents.models import Document
    from pathways.people.models import Person
    from pathways.web.portal.pathway.shelves import Place


class Meaning(NamedTuple):
    """What a paper is called and what it means; `group` is where the page shows it."""

    group: str
    title: _StrPromise
    text: _StrPromise
    icon: str = "file-text"


GROUPS: dict[str, _StrPromise] = {
    "contract": _("Your contract"),
    "certificate": _("Your certificates"),
    "letter": _("Letters to you"),
    "own": _("Papers from you"),
}
CERTIFICATES = {
    "issued": Meaning("certificate", _("Certificate"), _("It proves that you finished. Anybody can check it."), "certificate"),
    "replaced": Meaning("certificate", _("Old certificate"), _("There is a newer one. Use that one."), "certificate"),
    "revoked": Meaning("certificate", _("Certificate that no longer counts"), _("Your office took it back."), "certificate"),
}  # fmt: skip
CONTRACTS = {
    "offered": Meaning("contract", _("Contract to sign"), _("Read it. You can sign it here."), "signature"),
    "signed": Meaning("contract", _("Contract"), _("This is what you and your office agreed."), "signature"),
}
OLD_CONTRACT = Meaning("contract", _("Old contract"), _("It does not count any more."), "signature")
LETTERS = {
    "invitation": Meaning("letter", _("Invitation"), _("Your office asks you to come."), "mail"),
    "duties.decision": Meaning("letter", _("Our answer"), _("You asked for something. This is our answer."), "mail"),
    "certificate": Meaning("letter", _("Letter with your certificate"), _("It says that you finished."), "mail"),
    "breach": Meaning("letter", _("Letter about a duty"), _("Something was not done. Read it and answer in time."), "mail"),
    "reminder": Meaning("letter", _("Reminder"), _("It reminds you of a day."), "mail"),
    "appointment": Meaning("letter", _("Appointment"), _("It says when and where your talk is."), "mail"),
}  # fmt: skip
LETTER = Meaning("letter", _("Letter"), _("Your office wrote to you."), "mail")
OWN = {
    "move": Meaning("own", _("Paper about your move"), _("It goes to your new office."), "file-export"),
    "asked": Meaning("own", _("Paper that we asked for"), _("Your office has it."), "file-upload"),
    "absence": Meaning("own", _("Proof for a lesson"), _("It says why you were not there."), "file-upload"),
    "answer": Meaning("own", _("Your answer"), _("It is in your file about a duty."), "file-upload"),
    "message": Meaning("own", _("Paper with a message"), _("You or your office sent it."), "paperclip"),
    "evidence": Meaning("own", _("Proof in your file"), _("You or your office added it."), "file-upload"),
}
SHOWN_BY = {"contract": CONTRACTS, "contract_offered": CONTRACTS, "certificate": CERTIFICATES}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the list."""

    meaning: Meaning
    name: str
    on: dt.date
    href: str
    kilobytes: int


def meaning_of(kind: str, detail: str) -> Meaning:
    """What a paper of that kind means."""
    if kind in SHOWN_BY:
        return SHOWN_BY[kind].get(detail, OLD_CONTRACT)
    if kind == "letter":
        return next((meaning for word, meaning in LETTERS.items() if word in detail), LETTER)
    return OWN[kind]


def paper_lines(person: Person) -> list[PaperLine]:
    """All papers of the person, the latest first. Two queries."""
    found = shelved(person)
    lines = [_line(document, found[document.pk]) for document in documents(found)]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _line(document: Document, place: Place) -> PaperLine:
    return PaperLine(
        meaning=meaning_of(place.kind, place.detail),
        name=document.name,
        on=place.day or localtime(document.made_at).date(),
        href=reverse("portal:paper", args=[document.public_id]),
        kilobytes=max(1, round(document.size / 1000)),
    )


@require_safe
@portal_page
@keep_offline
def papers(request: PortalRequest) -> HttpResponse:
    """The list by what the papers are."""
    lines = paper_lines(request.person)
    groups = [(code, title, [line for line in lines if line.meaning.group == code]) for code, title in GROUPS.items()]
    return render(request, "portal/pathway/papers.html", {"groups": [one for one in groups if one[2]]})


@require_safe
@portal_page
def paper(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """One paper of the person; a paper of anybody else is not there."""
    document = documents(shelved(request.person), content=True).filter(public_id=public_id).first()
    if document is None:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=document.name) or "inline"
    }
    return HttpResponse(bytes(document.content), content_type=document.media_type, headers=headers)
