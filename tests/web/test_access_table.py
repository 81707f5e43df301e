"""Every URL × every role. A URL without a row fails, and so does a row without its URL."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.web.access import TABLE
from tests.web.access.table import IN, NOT_FOUND, ROLES, SIGN_IN, Row
from tests.web.access.world import World, build_world

ADMIN_QUERIES = {"admin:autocomplete": "?app_label=accounts&model_name=membership&field_name=organisation&term=a"}
ELSEWHERE = {"admin:login", "admin:logout", "admin:programmes_ruleset_add"}
"""Of the admin: doors, and a page that is closed to everybody; tests/accounts has their tests."""
WILDCARDS = ("admin:",)
"""Namespaces that are one row: their pages all ask the same question."""
SOMETIMES = frozenset({"openid_connect_login", "openid_connect_callback"})
"""Rows whose URL is there only with some settings."""


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            if each.name:  # allauth keeps a few nameless redirects from old addresses
                yield namespace + each.name
        else:
            yield from _names(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)


def _stands_alone(name: str) -> bool:
    """Whether an address needs no arguments; for those that do, the list page of the same rows stands."""
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


NAMES = sorted(set(_names(get_resolver())))
ADMIN = [name for name in NAMES if name.startswith(WILDCARDS) and name not in ELSEWHERE and _stands_alone(name)]
SINGLE = [name for name in NAMES if not name.startswith(WILDCARDS)]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Built once for the whole table, and gone when it is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def test_every_url_has_a_row() -> None:
    assert [name for name in SINGLE if name not in TABLE] == []


def test_every_row_has_its_url() -> None:
    assert [name for name in TABLE if name not in NAMES and not name.endswith("*") and name not in SOMETIMES] == []


@pytest.mark.parametrize("name", [name for name in SINGLE if name in TABLE])
def test_each_role_gets_what_the_table_says(world: World, db: None, name: str) -> None:
    row = TABLE[name]
    address = reverse(name, kwargs=dict(row.arguments(world))) + (f"?{row.query}" if row.query else "")
    assert _differences(world, row, address) == []


@pytest.mark.parametrize("name", ADMIN)
def test_each_page_of_the_admin_asks_for_the_administrator(world: World, db: None, name: str) -> None:
    assert _differences(world, TABLE["admin:*"], reverse(name) + ADMIN_QUERIES.get(name, "")) == []


def _differences(world: World, row: Row, address: str) -> list[str]:
    """Where an answer is not what the row says, for every role and method."""
    found = []
    for role in ROLES:
        for method in row.methods:
            status, location = _ask(world, role, method, address, row)
            if not _fits(row, role, status, location):
                found.append(f"{role} {method} {address}: {status} {location}, expected {row.expected(role)}")
    return found


def _ask(world: World, role: str, method: str, address: str, row: Row) -> tuple[int, str]:
    client = Client()
    with transaction.atomic():
        if role != "anonymous":
            client.force_login(world.users[role])
        response = client.post(address, row.data or {}) if method == "post" else client.get(address)
        transaction.set_rollback(True)
    return response.status_code, response.headers.get("Location", "")


def _fits(row: Row, role: str, status: int, location: str) -> bool:
    doors = {resolve_url(settings.LOGIN_URL), reverse("admin:login"), reverse("portal:sign_in")}
    to_sign_in = status == 302 and urlsplit(location).path in doors
    expected = row.expected(role)
    if expected == IN:
        return status in row.ok and (not to_sign_in or len(row.roles) == len(ROLES))
    return {NOT_FOUND: status == 404, SIGN_IN: to_sign_in}[expected]
