"""Every page of the portal is spoken in every language that is offered: no text is asked for that has no translation.

It walks over the table of addresses, so that pages to come are walked too. Public pages: `tests/web/public/test_spoken.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from pathways.people.models import Person
from tests.fixtures.untranslated import listening
from tests.web.access import TABLE
from tests.web.access.world import World, build_world
from tests.web.portal.test_enumeration import PATTERNS

OFFERED = [code for code in settings.OFFERED_LANGUAGES if code != "en"]
DOORS = ("portal:sign_in", "portal:code")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Built once, and gone when this file is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def address(name: str, world: World) -> str:
    row = TABLE[name]
    return reverse(name, kwargs=dict(row.arguments(world))) + (f"?{row.query}" if row.query else "")


def walk(client: Client, world: World, language: str, names: list[str]) -> tuple[dict[str, set[str]], int]:
    """What each page lacks, and how many answered with a page in that language."""
    found, read = {}, 0
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for name in names:
        with listening(language) as missing:
            answer = client.get(address(name, world))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert f'lang="{language}"' in answer.content.decode()[:400], name
            read += 1
        found[name] = missing
    return {name: texts for name, texts in found.items() if texts}, read


@pytest.mark.parametrize("who", ["newcomer", "undecided"])
@pytest.mark.parametrize("language", OFFERED)
def test_every_page_of_a_newcomer_is_spoken(world: World, db: None, language: str, who: str) -> None:
    user = world.users["newcomer"]
    if who == "undecided":  # much of what the other case has is not there, and pages are empty
        Person.objects.filter(user=user).update(user=None)
        Person.objects.filter(pk=world.brussels_case.person_id).update(user=user)
    User.objects.filter(pk=user.pk).update(language=language)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    missing, read = walk(client, world, language, sorted(PATTERNS))
    assert missing == {}
    assert read > 15


@pytest.mark.parametrize("language", OFFERED)
def test_the_doors_are_spoken(world: World, db: None, language: str) -> None:
    missing, read = walk(Client(), world, language, list(DOORS))
    assert (missing, read) == ({}, len(DOORS))
