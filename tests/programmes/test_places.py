"""Which municipality is meant, and which office serves it."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.programmes.queries import AmbiguousMunicipalityError, find_municipality, municipality_in_force, office_for
from tests.programmes.conftest import TODAY

GHENT, ANTWERP, BORSBEEK, SCHAERBEEK = "44021", "11002", "11007", "21015"


@pytest.mark.parametrize("text", ["44021", "9000", "Gent", "gand", " GENT ", "9050"])
def test_a_municipality_is_found_by_code_postal_code_or_name(reference, text):
    assert find_municipality(text, on=TODAY).pk == GHENT


@pytest.mark.parametrize("text", ["Braine-l'Alleud", "braine l’alleud", "Eigenbrakel"])
def test_apostrophes_do_not_matter(reference, text):
    assert find_municipality(text, on=TODAY).name_fr == "Braine-l’Alleud"


@pytest.mark.parametrize("text", ["", "Atlantis", "00000", "0000"])
def test_what_is_no_municipality_is_not_found(reference, text):
    assert find_municipality(text, on=TODAY) is None


def test_a_former_municipality_leads_to_its_successor(reference):
    assert find_municipality("Borsbeek", on=TODAY).pk == ANTWERP
    assert municipality_in_force(BORSBEEK, on=TODAY).pk == ANTWERP


def test_before_the_merger_a_former_municipality_is_itself(reference):
    assert municipality_in_force(BORSBEEK, on=dt.date(2024, 12, 31)).pk == BORSBEEK


@pytest.mark.parametrize(("code", "names"), [("1050", {"Brussel", "Elsene"}), ("1804", {"Vilvoorde", "Zemst"})])
def test_a_postal_code_of_two_municipalities_is_reported(reference, code, names):
    with pytest.raises(AmbiguousMunicipalityError) as error:
        find_municipality(code, on=TODAY)
    assert {place.name_nl for place in error.value.candidates} == names


@pytest.mark.parametrize(
    ("place", "programme", "prefix"),
    [
        (GHENT, "flanders-inburgering", "GNT"),
        (ANTWERP, "flanders-inburgering", "ANT"),
        ("12025", "flanders-inburgering", "APR"),
        (SCHAERBEEK, "brussels-inburgering", "BRU"),
        (SCHAERBEEK, "brussels-parcours", "VIA"),
        ("62063", "wallonia-parcours", "LIE"),
        ("63079", "wallonia-parcours", "VER"),
        ("63023", "german-community-parcours", "EUP"),
    ],
)
def test_the_office_follows_from_municipality_and_programme(reference, place, programme, prefix):
    assert office_for(place, programme, on=TODAY).prefix == prefix


def test_while_the_brussels_programme_is_open_the_dutch_speaking_office_keeps_the_case(reference):
    assert office_for(SCHAERBEEK, None, on=TODAY).prefix == "BRU"


def test_a_programme_of_another_region_has_no_office_there(reference):
    assert office_for(GHENT, "wallonia-parcours", on=TODAY) is None
