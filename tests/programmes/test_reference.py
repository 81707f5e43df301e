"""What holds once the shipped reference data are loaded."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from pathways.audit.models import JournalEntry
from pathways.programmes.actions import load_reference
from pathways.programmes.actions.reference import folded_names
from pathways.programmes.models import (
    Municipality,
    Nationality,
    NationalityGroupPeriod,
    Office,
    OfficeArea,
)
from pathways.programmes.queries import nationality_group_on
from pathways.programmes.shipped import rows
from pathways.rules import PROGRAMMES
from tests.programmes.conftest import TODAY


@pytest.mark.parametrize(
    ("day", "number"), [("2018-12-31", 589), ("2019-01-01", 581), ("2024-12-02", 580), ("2025-01-01", 565)]
)
def test_each_day_has_its_number_of_municipalities(reference, day, number):
    on = dt.date.fromisoformat(day)
    in_force = Municipality.objects.filter(valid_from__lte=on).exclude(valid_to__lte=on)
    assert in_force.count() == number


def test_loading_again_changes_nothing(reference):
    before = _everything()
    assert load_reference(on=TODAY) == reference
    assert _everything() == before


def _everything():
    models = (Municipality, Nationality, NationalityGroupPeriod, Office, OfficeArea)
    return [sorted(map(str, model.objects.values_list())) for model in models]


def test_loading_is_in_the_journal(reference):
    assert JournalEntry.objects.get(act="programmes.load_reference").details["municipalities"] == 620


def test_loading_takes_few_queries(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        load_reference(on=TODAY)


def test_nine_municipalities_are_german_speaking(reference):
    assert Municipality.objects.filter(region="german_community", valid_to__isnull=True).count() == 9


def test_every_municipality_has_an_office_for_each_programme_of_its_region(reference):
    served = set(OfficeArea.objects.values_list("municipality_id", "programme"))
    needed = {
        (nis_code, programme.code)
        for nis_code, region in Municipality.objects.filter(valid_to__isnull=True).values_list("pk", "region")
        for programme in PROGRAMMES.values()
        if programme.region == region
    }
    assert served == needed


def test_no_municipality_is_claimed_by_two_offices_of_a_programme(reference):
    assert reference["office areas"] == 565 + 19


def test_an_office_works_in_the_region_of_its_areas(reference):
    areas = OfficeArea.objects.values_list("office__region", "municipality__region").distinct()
    assert all(office == municipality for office, municipality in areas)


@pytest.mark.parametrize(
    "code", ["cri-cric", "cri-ceraic", "cri-cimb", "cri-cripel", "cri-crvi", "bapa-via", "bapa-bxl"]
)
def test_an_area_that_no_source_names_is_marked_as_assumed(reference, code):
    assert not OfficeArea.objects.filter(office__code=code, assumed=False).exists()


@pytest.mark.parametrize("code", ["atlas", "amal", "agii-lim", "agii-bru", "cri-cai", "cri-crilux", "dg-infoint"])
def test_an_area_that_a_source_names_is_not_assumed(reference, code):
    assert not OfficeArea.objects.filter(office__code=code, assumed=True).exists()


def test_prefixes_of_offices_are_three_letters(reference):
    assert all(re.fullmatch(r"[A-Z]{3}", prefix) for prefix in Office.objects.values_list("prefix", flat=True))


def test_an_area_settled_by_an_administrator_survives_a_new_load(reference):
    area = OfficeArea.objects.get(municipality="51004", programme="wallonia-parcours")
    area.office, area.assumed = Office.objects.get(prefix="MON"), False
    area.save()
    load_reference(on=TODAY)
    area.refresh_from_db()
    assert area.office.prefix == "MON"


def test_an_office_that_has_ended_is_not_loaded(reference):
    assert not Office.objects.filter(code="ob-gent").exists()


@pytest.mark.parametrize(
    ("code", "day", "group"),
    [
        ("HR", "2013-06-30", "third_country"),
        ("HR", "2013-07-01", "eu"),
        ("GB", "2020-12-31", "eu"),
        ("GB", "2021-01-01", "third_country"),
        ("CH", "2002-06-01", "swiss"),
        ("BE", "1900-01-01", "belgian"),
        ("XXA", "2026-01-01", "third_country"),
        ("XXX", "2026-01-01", None),
    ],
)
def test_a_nationality_is_in_the_group_of_the_day(reference, code, day, group):
    assert nationality_group_on(code, on=dt.date.fromisoformat(day)) == group


def test_a_group_period_that_is_shipped_no_longer_disappears(reference):
    NationalityGroupPeriod.objects.create(
        nationality_id="MA", nationality_group="eu", valid_from=dt.date(2020, 1, 1), valid_to=None
    )
    load_reference(on=TODAY)
    assert nationality_group_on("MA", on=TODAY) == "third_country"


def test_every_merger_leads_to_the_successor_in_the_table(reference):
    successors = dict(Municipality.objects.values_list("pk", "successor_id"))
    pairs = {
        (row["old_nis"], row["new_nis"]) for row in rows("municipality_mergers") if row["old_nis"] != row["new_nis"]
    }
    assert {(old, successors[old]) for old, _new in pairs} == pairs


def test_saints_are_found_by_their_abbreviation():
    assert folded_names("Sint-Niklaas", "Saint-Nicolas") == [
        "saint nicolas",
        "sint niklaas",
        "st nicolas",
        "st niklaas",
    ]
