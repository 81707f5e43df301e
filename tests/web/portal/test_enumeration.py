"""Another newcomer's identifiers open nothing: every address of the portal, tried with everything that belongs to somebody else.

It works over the URL table and over all tables that lead to a case, so that pages and tables to come are covered as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

from accounts.models import User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.notices.models import Letter
from pathways.people.models import Person
from tests.web.access import TABLE
from tests.web.access.world import World, build_world
from tests.web.people import make_user

KINDS = {UUIDConverter: UUID, IntConverter: int, SlugConverter: str, StringConverter: str}


def _portal(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _portal(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)
        elif namespace == "portal:":
            yield f"{namespace}{each.name}", each


PATTERNS = dict(_portal(get_resolver()))
WITH_NAMES = sorted(name for name, pattern in PATTERNS.items() if pattern.pattern.converters)
PLAIN = sorted(name for name, pattern in PATTERNS.items() if not pattern.pattern.converters)


def _paths() -> dict[type[models.Model], str]:
    """Every table that leads to a case, with the way there."""
    found: dict[type[models.Model], str] = {Case: "pk"}
    while True:
        new = {
            model: field.name if target is Case else f"{field.name}__{found[target]}"
            for model in apps.get_models()
            if model not in found and not model._meta.proxy
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and (target := field.related_model) in found
        }
        if not new:
            return found
        found |= new


def _identifiers(case: Case) -> set[UUID | str | int]:
    """Everything by which something of this case can be named: public numbers, row numbers, papers, codes."""
    found: set[UUID | str | int] = {case.reference, case.person.public_id, case.pk, case.person_id}
    papers = set(Letter.objects.filter(case_reference=case.reference).values_list("document", flat=True))
    for model, path in _paths().items():
        rows = model._default_manager.filter(**{path: case.pk})
        names = {field.name: field for field in model._meta.concrete_fields}
        if "public_id" in names:
            found |= set(rows.values_list("public_id", flat=True))
        if isinstance(names.get("id"), models.AutoField):
            found |= set(rows.values_list("pk", flat=True))
        for name, field in names.items():
            if isinstance(field, models.ForeignKey) and field.related_model is Document:
                papers |= set(rows.exclude(**{name: None}).values_list(name, flat=True))
    return found | set(Document.objects.filter(pk__in=papers).values_list("public_id", flat=True))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Built once, and gone when this file is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def stranger(world: World, db: None) -> User:
    """A newcomer with a case of their own, who knows every identifier of somebody else's."""
    user = make_user("another.newcomer", Role.NEWCOMER)
    Person.objects.filter(pk=world.brussels_case.person_id).update(user=user, last_name="Elsewhere", first_names="Noor")
    return user


def test_every_portal_address_has_its_row() -> None:
    assert [name for name in PATTERNS if name not in TABLE] == []


def test_there_is_something_to_try(world: World, db: None) -> None:
    kinds = {type(one) for one in _identifiers(world.case)}
    assert {UUID, str, int} <= kinds
    assert len(_identifiers(world.case)) > 10


@pytest.mark.parametrize("name", WITH_NAMES)
def test_what_belongs_to_somebody_else_is_not_there(world: World, stranger: User, name: str) -> None:
    client = Client()
    client.force_login(stranger)
    opened = []
    for arguments in _attempts(name, world):
        address = reverse(name, kwargs=arguments)
        for method in ("get", "post"):
            with transaction.atomic():
                status = getattr(client, method)(address).status_code
                transaction.set_rollback(True)
            if status not in (404, 405):
                opened.append(f"{method} {address}: {status}")
    assert opened == []


def _attempts(name: str, world: World) -> Iterator[dict[str, UUID | str | int]]:
    """The arguments of the row, and each identifier of the other's case wherever it fits; codes of law name nobody."""
    converters = PATTERNS[name].pattern.converters
    theirs = _identifiers(world.case)
    for place, converter in converters.items():
        fitting = KINDS[type(converter)]
        for one in theirs:
            if isinstance(one, fitting) or (fitting is str and not isinstance(one, int)):
                yield {**dict(TABLE[name].arguments(world)), place: str(one) if fitting is str else one}
    given = TABLE[name].arguments(world)
    if any(str(value) in {str(one) for one in theirs} for value in given.values()):
        yield dict(given)


@pytest.mark.parametrize("name", PLAIN)
def test_no_page_of_ones_own_names_anybody_else(world: World, stranger: User, name: str) -> None:
    client = Client()
    client.force_login(stranger)
    with transaction.atomic():
        answer = client.get(reverse(name))
        transaction.set_rollback(True)
    content = answer.content.decode(errors="replace")
    names = {str(one) for one in _identifiers(world.case) if not isinstance(one, int)} | {"Haddad"}
    assert [one for one in names if re.search(rf"\b{re.escape(one)}\b", content)] == []
