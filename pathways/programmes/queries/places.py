"""Which municipality is meant, and which office serves it. For whole lists, see the registrations floor's lookups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from pathways.base.folding import fold
from pathways.programmes.models import Municipality, Office, OfficeArea
from pathways.rules import PROGRAMMES


class AmbiguousMunicipalityError(LookupError):
    """A postal code or name belongs to several municipalities: `candidates`, in force on the day asked, by name."""

    def __init__(self, text: str, candidates: Iterable[Municipality]) -> None:
        super().__init__(text)
        self.candidates = sorted(candidates, key=lambda place: (place.name_nl, place.pk))


def municipality_in_force(nis_code: str, *, on: dt.date) -> Municipality | None:
    """The municipality of a NIS code; a former code leads to its successor. One query per merger."""
    place = Municipality.objects.filter(pk=nis_code).first()
    while place and place.successor_id and place.valid_to and place.valid_to <= on:
        place = place.successor
    return place


def find_municipality(text: str, *, on: dt.date) -> Municipality | None:
    """The municipality meant by a NIS code, postal code or name in any of its languages, as in force on day `on`.

    A name of today goes before the same name of a former municipality. None if unknown; AmbiguousMunicipalityError
    if several.
    """
    text = text.strip()
    if len(text) == 5 and text.isascii() and text.isdigit():
        return municipality_in_force(text, on=on)
    meant = Q(postal_codes__contains=[text]) if text.isdigit() else Q(folded_names__contains=[fold(text)])
    found = list(Municipality.objects.filter(meant))
    current = [place for place in found if place.valid_to is None or place.valid_to > on]
    places = {place for old in current or found if (place := municipality_in_force(old.pk, on=on))}
    if len(places) > 1:
        raise AmbiguousMunicipalityError(text, places)
    return next(iter(places), None)


def office_for(municipality: Municipality | str, programme: str | None, *, on: dt.date) -> Office | None:
    """The office that serves a municipality for a programme, None where none is known.

    While the programme is open (Brussels, before the choice) the office of the region's first programme keeps the case.
    """
    nis_code = municipality if isinstance(municipality, str) else municipality.pk
    areas = OfficeArea.objects.filter(municipality=nis_code).select_related("office")
    working = Q(office__valid_to__isnull=True) | Q(office__valid_to__gt=on)
    found = {area.programme: area.office for area in areas.filter(working, office__valid_from__lte=on)}
    if programme:
        return found.get(programme)
    return next((found[code] for code in PROGRAMMES if code in found), None)


def offices_for(*, region: str, programme: str | None, on: dt.date) -> QuerySet[Office]:
    """The offices that work in a region on day `on`, for one programme where it is known; by name."""
    working = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    offices = Office.objects.filter(working, region=region, valid_from__lte=on).order_by("name")
    return offices.filter(programmes__contains=[programme]) if programme else offices
