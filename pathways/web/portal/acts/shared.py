"""What the acts of the portal share: refusals in plain words, the addresses of papers, and where something leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from pathways.base.folding import fold
from pathways.courses.errors import CourseFull
from pathways.meetings.errors import SlotTaken

if TYPE_CHECKING:
    from pathways.cases.errors import CaseError
    from pathways.documents.models import Document


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A paper by its name; no address while no page shows it."""

    name: str
    href: str


def refusal(error: CaseError) -> str:
    """Why an act did not succeed: said to the person, in their language. What the page could know was said before it."""
    if isinstance(error, SlotTaken):
        return _("This time is no longer free. Please choose another time.")
    if isinstance(error, CourseFull):
        return _("The last place has just gone. You can join the waiting list.")
    return _("Something has changed since you opened this page. Look at it again, or ask your office.")


def paper_links(documents: Iterable[Document]) -> list[PaperLink]:
    """Papers of the person's own file, as links to the page of papers."""
    return [PaperLink(one.name, paper_address(one)) for one in documents]


def paper_address(document: Document) -> str:
    """Where the person opens one of their papers; "" while there is no such page."""
    try:
        return reverse("portal:paper", args=[document.public_id])
    except NoReverseMatch:
        return ""


def plain_name(name: str) -> list[str]:
    """The words of a name in any order, for comparing what is typed with what stands in the file."""
    return sorted(fold(name).split())
