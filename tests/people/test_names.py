"""Names folded for finding, and the variants under which one person may be known."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.people.contact import normal_email, normal_phone
from pathways.people.names import fold, folded_name
from pathways.people.queries import name_variants


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Łukasz O'Brien", "lukasz o brien"),
        ("  Özgür   ŞAHİN ", "ozgur sahin"),
        ("D’Hondt-Müller", "d hondt muller"),
        ("Straße", "strasse"),
        ("Ægir Þórsson", "aegir thorsson"),
        ("Đặng Văn", "dang van"),
        ("أحمد", "احمد"),
        ("-", ""),
    ],
)
def test_marks_case_and_punctuation_fall_away(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_swapped_and_shortened_names_are_variants() -> None:
    assert name_variants("El Amrani", "Nour Fatima") == (
        "el amrani nour fatima", "nour fatima el amrani", "el amrani nour", "nour el amrani",
    )  # fmt: skip


@given(st.text(min_size=1, max_size=120), st.text(max_size=120))
def test_the_first_variant_is_the_name_that_is_kept_and_none_comes_twice(last: str, first: str) -> None:
    variants = name_variants(last, first)
    assert variants[0] == folded_name(last, first)
    assert len(set(variants)) == len(variants)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0470 12 34 56", "+32470123456"),
        ("+90 532 123 45 67", "+905321234567"),
        ("0032 9 123 45 67", "+3291234567"),
        ("12", None),
        ("call me", None),
    ],
)
def test_phone_numbers_are_stored_in_international_form(text: str, stored: str | None) -> None:
    assert normal_phone(text) == stored


@given(st.from_regex(r"(0|\+32|0032)[ ]?[1-9]([0-9][ ./-]?){6,8}[0-9]", fullmatch=True))
def test_belgian_numbers_are_read_as_the_library_reads_them(text: str) -> None:
    number = phonenumbers.parse(text, "BE")
    if phonenumbers.is_possible_number(number):
        assert normal_phone(text) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def test_e_mail_addresses_are_checked() -> None:
    assert normal_email(" Nour@Example.org ") == "nour@example.org"
    assert normal_email("nour at example.org") is None
