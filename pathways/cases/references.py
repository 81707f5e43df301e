"""What facts need from reference data: the municipality in force, its region, the nationality's group, the office.

Loaded for many cases at once with a fixed number of queries, so that one case and an import go through the same code.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from pathways.cases.errors import FactProblem
from pathways.cases.values import Facts, FactValue
from pathways.programmes.models import Municipality, Nationality, NationalityGroupPeriod, OfficeArea, PermitType
from pathways.rules import PROGRAMMES

STATELESS = "XXA"
_PER_REGION = Counter(programme.region for programme in PROGRAMMES.values())
ONLY_PROGRAMME: Mapping[str, str] = {
    programme.region: programme.code for programme in PROGRAMMES.values() if _PER_REGION[programme.region] == 1
}
"""The programme of each region that has just one; in Brussels the person chooses."""
DUTY_LINE: Mapping[str, str] = {programme.region: programme.duty_line for programme in PROGRAMMES.values()}


def trajectory_line(programme: str | None) -> str | None:
    """The line that gives the trajectory; None while the programme is open."""
    return PROGRAMMES[programme].trajectory_line if programme else None


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality in force (a former code leads to its successor) and its region."""

    nis_code: str
    region: str


@dataclass(frozen=True, slots=True)
class References:
    """Reference data for some facts on one day."""

    places: Mapping[str, Place]
    groups: Mapping[str, str | None]
    permits: Collection[str]

    @classmethod
    def for_facts(cls, facts: Iterable[Facts], *, on: dt.date) -> References:
        """Load what these facts name: one query for each kind that occurs, and one more for each chain of mergers."""
        rows = list(facts)
        return cls(
            places=_places(_codes(rows, "municipality"), on),
            groups=_groups(_codes(rows, "nationality"), on),
            permits=_permits(_codes(rows, "permit_type")),
        )

    def problems(self, facts: Facts) -> list[FactProblem]:
        """Codes that the reference data do not have."""
        found: list[FactProblem] = []
        for name, known in (("municipality", self.places), ("nationality", self.groups), ("permit_type", self.permits)):
            value = facts.get(name)
            if value is not None and value not in known:
                found.append(
                    FactProblem(name, _("This code is not in the list."), _("Choose a code of the list."), value)
                )
        return found

    def completed(self, changes: Facts, known: Facts) -> dict[str, FactValue | None]:
        """`changes` with the municipality in force and the derived facts; `known` are the facts stored so far."""
        result = dict(changes)
        if "municipality" in changes:
            place = self.places.get(str(changes["municipality"]))
            result["municipality"] = place.nis_code if place else None
            result["region"] = place.region if place else None
        if "nationality" in changes or "asylum_status" in changes:
            result["nationality_group"] = self._group({**known, **changes})
        return result

    def _group(self, facts: Facts) -> str | None:
        code = facts.get("nationality")
        group = self.groups.get(str(code)) if code else None
        if group != "belgian" and (code == STATELESS or facts.get("asylum_status") == "refugee"):
            return "third_country"
        return group


def _codes(rows: Iterable[Facts], name: str) -> set[str]:
    return {str(row[name]) for row in rows if row.get(name) is not None}


def _places(codes: set[str], on: dt.date) -> dict[str, Place]:
    found: dict[str, tuple[str, str, str | None]] = {}
    wanted = set(codes)
    while wanted:
        rows = Municipality.objects.filter(pk__in=wanted).values_list("pk", "region", "valid_to", "successor_id")
        found |= {
            code: (code, region, successor if valid_to and valid_to <= on else None)
            for code, region, valid_to, successor in rows
        }
        wanted = {successor for *_rest, successor in found.values() if successor} - found.keys() - wanted
    return {code: _in_force(code, found) for code in codes if code in found}


def _in_force(code: str, found: Mapping[str, tuple[str, str, str | None]]) -> Place:
    code, region, successor = found[code]
    return _in_force(successor, found) if successor and successor in found else Place(code, region)


def _groups(codes: set[str], on: dt.date) -> dict[str, str | None]:
    if not codes:
        return {}
    groups: dict[str, str | None] = dict.fromkeys(Nationality.objects.filter(pk__in=codes).values_list("pk", flat=True))
    periods = NationalityGroupPeriod.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        nationality__in=codes,
    ).exclude(nationality_group="unknown")
    return groups | dict(periods.values_list("nationality_id", "nationality_group"))


def _permits(codes: set[str]) -> set[str]:
    return set(PermitType.objects.filter(pk__in=codes).values_list("pk", flat=True)) if codes else set()


@dataclass(frozen=True, slots=True)
class OfficeOf:
    """An office as a new case needs it."""

    id: int
    prefix: str
    region: str


class OfficeMap:
    """Which office serves a municipality for a programme."""

    def __init__(self, municipalities: Collection[str]) -> None:
        areas = OfficeArea.objects.filter(municipality__in=municipalities).select_related("office")
        self._areas: dict[tuple[str, str | None], OfficeOf] = {}
        for area in areas.order_by("programme", "pk"):
            office = OfficeOf(area.office_id, area.office.prefix, area.office.region)
            self._areas[area.municipality_id, area.programme] = office
            # While the programme is open (Brussels), the first programme's office keeps the case and asks.
            self._areas.setdefault((area.municipality_id, None), office)

    def office_for(self, *, municipality: str, programme: str | None) -> OfficeOf | None:
        """The office of this place; None where reference data name none."""
        return self._areas.get((municipality, programme))
