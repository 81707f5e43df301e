"""Codes: read however they were typed, kept as hashes that fit one row and one purpose only."""

from __future__ import annotations

import pytest

from pathways.access.codes import draw, fits, grouped, hash_code, read_figures


@pytest.mark.parametrize(
    "typed", ["482103795526", "482 103 795 526", "482-103.795 526 ", "٤٨٢ ١٠٣ ٧٩٥ ٥٢٦", "۴۸۲۱۰۳۷۹۵۵۲۶"]
)
def test_figures_are_read_in_every_script(typed):
    assert read_figures(typed) == "482103795526"


def test_a_code_is_written_in_groups_of_three():
    assert grouped("482103795526") == "482 103 795 526"


def test_a_drawn_code_keeps_its_leading_zeros():
    assert {len(draw(6)) for _time in range(200)} == {6}


def test_a_hash_fits_its_purpose_owner_and_code_only():
    kept = hash_code("paper", "1", "795526")
    assert fits(kept, "paper", "1", "795526")
    assert not fits(kept, "paper", "1", "795527")
    assert not fits(kept, "paper", "2", "795526")
    assert not fits(kept, "sent", "1", "795526")


def test_a_code_outlives_a_new_secret_key_while_the_old_one_is_listed(settings):
    kept, old = hash_code("paper", "1", "795526"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [old]
    assert fits(kept, "paper", "1", "795526")
    settings.SECRET_KEY_FALLBACKS = []
    assert not fits(kept, "paper", "1", "795526")
