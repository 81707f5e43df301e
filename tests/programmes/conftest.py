"""The shipped reference data, loaded as an installation loads them."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.programmes.actions import load_reference

TODAY = dt.date(2026, 3, 17)


@pytest.fixture
def reference(db: None) -> dict[str, int]:
    """All reference data; the number of rows per table."""
    return load_reference(on=TODAY)
