"""Loading the shipped reference data: a few statements for each table, as often as one likes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from django.db import models, transaction

from accounts.models import Organisation
from pathways.audit.actions import record_act
from pathways.base.folding import fold
from pathways.programmes.models import (
    Language,
    Municipality,
    Nationality,
    NationalityGroupPeriod,
    Office,
    OfficeArea,
    PermitType,
)
from pathways.programmes.shipped import Row, day, day_after, first_day, rows, words
from pathways.rules import PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User

Reference = TypeVar("Reference", bound=models.Model)
_SAINTS = (("saint ", "st "), ("sainte ", "ste "), ("sint ", "st "))


def load_reference(*, on: dt.date, actor: User | None = None) -> dict[str, int]:
    """Load the shipped reference data, with the offices that work on day `on`; answers the rows per table.

    What is shipped wins, except for office areas: one that is no assumption was settled by an administrator.
    """
    with transaction.atomic():
        counts = {
            "municipalities": _load_municipalities(),
            "nationalities": _load_nationalities(),
            "nationality group periods": _load_group_periods(),
            "permit types": _upsert(
                PermitType, _named(PermitType, "permit_types", "counts_as_long_stay", "confidence")
            ),
            "languages": _upsert(Language, _named(Language, "languages", "autonym", "script", "direction")),
            "offices": _load_offices(on),
            "office areas": _load_areas(),
        }
        record_act(actor=actor, act="programmes.load_reference", details={**counts, "on": str(on)})
    return counts


def _upsert(model: type[Reference], objects: Iterable[Reference], *, key: str = "", keep: Iterable[str] = ()) -> int:
    """Insert or update by primary key (or `key`); fields in `keep` are only set when the row is new."""
    found = list(objects)
    unique = key or str(model._meta.pk.name)
    never = {unique, str(model._meta.pk.name), *keep}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in never]
    model._default_manager.bulk_create(found, update_conflicts=True, unique_fields=[unique], update_fields=fields)
    return len(found)


def _named(model: type[Reference], file: str, *fields: str) -> Iterator[Reference]:
    taken = ("code", "name_en", "name_nl", "name_fr", "name_de", *fields)
    return (model(**{field: row[field] for field in taken}) for row in rows(file))


def _region(row: Row) -> str:
    """The region that makes the rules: the nine German-speaking municipalities are their own."""
    return "german_community" if row["community"] == "german" else row["region"]


def folded_names(*names: str) -> list[str]:
    """The names folded for finding, Saint and Sint also as St."""
    found = {fold(name) for name in names if name}
    for long, short in _SAINTS:
        found |= {re.sub(rf"\b{long}", short, name) for name in found}
    return sorted(found)


def _municipality(row: Row) -> Municipality:
    return Municipality(
        nis_code=row["nis_code"],
        name_nl=row["name_nl"],
        name_fr=row["name_fr"],
        name_de=row["name_de"],
        folded_names=folded_names(row["name_nl"], row["name_fr"], row["name_de"]),
        region=_region(row),
        province=row["province"],
        language_area=row["language_area"],
        postal_codes=words(row["postal_codes"]),
        valid_from=first_day(row["valid_from"]),
        valid_to=day_after(row.get("valid_to", "")),
        successor_id=row.get("successor_nis") or None,
    )


def _load_municipalities() -> int:
    return _upsert(Municipality, map(_municipality, [*rows("municipalities"), *rows("municipalities_former")]))


def _load_nationalities() -> int:
    more = ("kind", "name_tr", "name_ar", "name_ru", "nationality_of")
    return _upsert(Nationality, _named(Nationality, "nationalities", *more))


def _load_group_periods() -> int:
    """Periods are compared as a whole, since an accession may move the start that would identify one."""
    wanted = {
        (row["code"], row["nationality_group"], day(row["valid_from"]), day_after(row["valid_to"]))
        for row in rows("nationality_group_periods")
    }
    fields = ("nationality_id", "nationality_group", "valid_from", "valid_to")
    known = {tuple(values): pk for pk, *values in NationalityGroupPeriod.objects.values_list("pk", *fields)}
    NationalityGroupPeriod.objects.filter(pk__in=[pk for period, pk in known.items() if period not in wanted]).delete()
    missing = wanted - known.keys()
    NationalityGroupPeriod.objects.bulk_create(
        NationalityGroupPeriod(**dict(zip(fields, period, strict=True))) for period in missing
    )
    return len(wanted)


def display_name(name: str) -> str:
    """A name as people say it: without the remark in brackets that the reference file adds."""
    return name.partition(" (until")[0].strip()


def _load_offices(on: dt.date) -> int:
    """The offices with an area that work on day `on`, each with its organisation."""
    areas = {row["office"]: row for row in rows("office_areas")}
    working = [row for row in rows("offices") if row["code"] in areas and _works_on(row, on)]
    organisations = [
        Organisation(code=row["code"].lower(), name=display_name(row["name"]), kind="office") for row in working
    ]
    _upsert(Organisation, organisations, key="code")
    numbers = dict(Organisation.objects.filter(office__isnull=True).values_list("code", "pk"))
    numbers |= dict(Office.objects.values_list("code", "organisation_id"))
    offices = [_office(row, areas[row["code"]], numbers[row["code"].lower()]) for row in working]
    return _upsert(Office, offices, key="code", keep=["prefix"])  # case references have been given out with it


def _works_on(row: Row, on: dt.date) -> bool:
    start, end = day(row["valid_from"]), day_after(row["valid_to"])
    return (start is None or start <= on) and (end is None or end > on)


def _office(row: Row, area: Row, organisation_id: int) -> Office:
    return Office(
        code=row["code"].lower(),
        organisation_id=organisation_id,
        name=display_name(row["name"]),
        prefix=area["prefix"],
        region=PROGRAMMES[area["programme"]].region,
        programmes=[area["programme"]],
        language=row["language"],
        city=row["city"],
        valid_from=first_day(row["valid_from"]),
        valid_to=day_after(row["valid_to"]),
        confidence=row["confidence"],
    )


def _load_areas() -> int:
    offices, municipalities = dict(Office.objects.values_list("code", "pk")), rows("municipalities")
    settled = set(OfficeArea.objects.filter(assumed=False).values_list("municipality_id", "programme"))
    areas = {
        (nis, row["programme"]): OfficeArea(
            office_id=offices[row["office"].lower()],
            municipality_id=nis,
            programme=row["programme"],
            assumed=row["assumed"] == "yes",
        )
        for row in rows("office_areas")
        if row["office"].lower() in offices
        for nis in _served(row, municipalities)
    }
    OfficeArea.objects.bulk_create(
        [area for key, area in areas.items() if key not in settled],
        update_conflicts=True,
        unique_fields=["municipality", "programme"],
        update_fields=["office", "assumed"],
    )
    return len(areas)


def _served(area: Row, municipalities: Iterable[Row]) -> Iterator[str]:
    """The NIS codes of an area, within the region of its programme."""
    places, exceptions = words(area["municipalities"]), words(area["except"])
    wider = {*words(area["provinces"]), *words(area["arrondissements"])}
    for row in municipalities:
        within = row["nis_code"] in places or bool(wider & {row["province"], row["arrondissement_nis"]})
        if within and row["nis_code"] not in exceptions and _region(row) == PROGRAMMES[area["programme"]].region:
            yield row["nis_code"]
