"""The paper of a contract: complete in every language, tagged, the legal text first, the translation marked as one."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from pathways.agreements.drawing import svg_of
from pathways.agreements.letters import Paper, Signed, _texts, compose_contract, contract_languages
from pathways.agreements.terms import ItemTerms, Terms
from pathways.documents.typesetting import typeset
from pathways.rules import parse_rule_set
from tests.agreements.conftest import COMPONENTS, GROUNDS, STROKES
from tests.cases.rule_sets import content
from tests.documents.test_letters import MADE_AT, keys

DAY = dt.date(2026, 3, 12)
TERMS = Terms(
    starts_on=DAY,
    ends_on=dt.date(2027, 3, 12),
    reason="",
    items=(
        ItemTerms(component="language", how="follow", level="A2", language="nl", goal="Praten met de buren"),
        ItemTerms(component="social_orientation", how="follow", hours=Decimal("40.0"), goal="X", reason="Kent België"),
        ItemTerms(component="career_orientation", how="recognised", evidence="VDAB 2025"),
    ),
)
PAPER = Paper(
    state="offer",
    number=1,
    terms=TERMS,
    rule_set=parse_rule_set(content("FL", components=COMPONENTS, grounds=GROUNDS)),
    programme="flanders-inburgering",
    name="Nour Haddad",
    address=("Veldstraat 1", "9000 Gent"),
    office="Amal",
    city="Gent",
    reference="GNT-2026-000412",
    legal_language="nl",
    person_language="ar",
    on=DAY,
)
DRAWN = Signed(party="person", name="Nour Haddad", method="desk_drawn", on=DAY, svg=svg_of(STROKES))


def test_every_language_has_every_sentence():
    def sentences(language):
        return {key for key in keys(_texts()[language]) if not key.startswith("/components")}

    assert {language: sentences(language) ^ sentences("en") for language in contract_languages()} == {
        language: set() for language in contract_languages()
    }


@pytest.mark.parametrize("language", contract_languages())
def test_a_contract_is_set_in_every_language_as_a_tagged_pdf(language):
    data = compose_contract(replace(PAPER, person_language=language, signed=(DRAWN,)))
    reader = PdfReader(io.BytesIO(typeset("contract", data, made_at=MADE_AT)))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/StructTreeRoot"]
    assert (data["translation"] is None) == (language == "nl")


def test_the_translation_says_which_text_is_signed():
    assert "وهو الذي يُوقّع" in compose_contract(PAPER)["translation"]["notice"]


def test_a_goal_in_the_counselors_words_stays_as_written_and_a_proposed_one_is_translated():
    proposed = _texts()["nl"]["goals"]["social_orientation"]
    items = (TERMS.items[0], replace(TERMS.items[1], goal=proposed))
    translation = compose_contract(replace(PAPER, person_language="fr", terms=replace(TERMS, items=items)))[
        "translation"
    ]
    assert [row["lines"][0] for row in translation["rows"]] == [
        "Praten met de buren",
        "Savoir comment marche la société et s'y retrouver",
    ]


def test_less_than_the_rules_plan_is_said_with_its_reason():
    legal = compose_contract(PAPER)["legal"]
    assert legal["rows"][1]["hours"] == "40"
    assert legal["rows"][1]["lines"][1] == "Minder dan de regels voorzien: Kent België"


def test_what_is_recognised_stands_apart_with_its_proof():
    section = compose_contract(PAPER)["legal"]["sections"][0]
    assert (section["title"], section["items"]) == (
        "Wat u al kunt",
        ["career_orientation: dit onderdeel hoeft u niet te volgen. Bewijs: VDAB 2025"],
    )


def test_a_side_that_has_not_signed_is_said_to_be_open():
    person, office = compose_contract(replace(PAPER, signed=(DRAWN,)))["signatures"]
    assert person["line"] == "Nour Haddad, 12 maart 2026"
    assert office["line"] == "Nog niet ondertekend"
