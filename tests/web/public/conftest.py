"""The published rules with their reference data, as a fresh installation has them; loaded once for each test module."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from pathways.programmes.actions import load_reference, load_rule_sets

DAY = dt.date(2026, 3, 17)


@pytest.fixture(scope="module")
def loaded_rules(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All shipped reference data and rule sets in a transaction around the tests of a module; theirs nest in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference(on=DAY)
        load_rule_sets(on=DAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def published_rules(loaded_rules: None, db: None) -> None:
    """The published rules; no request counted yet."""
    cache.clear()
