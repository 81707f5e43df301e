"""Words of the law are explained on touch, on the newcomer's main pages and in every language that is offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from pathways.web.glossary import TERMS, pattern_in
from tests.web.access.world import World, build_world
from tests.web.portal.test_enumeration import PATTERNS
from tests.web.portal.test_spoken import address

MAIN = {
    "portal:home": {"duty", "contract", "certificate", "office"},
    "portal:why": {"duty", "deadline", "register", "participation", "office"},
    "portal:why_date": {"office"},
    "portal:contract": {"contract", "office"},
    "portal:contract_sign": {"contract", "decision", "fine"},
    "portal:courses": {"office"},
    "portal:requests": {"office"},
    "portal:breach": {"decision", "fine", "office"},
    "portal:breach_file": {"decision", "fine", "office"},
    "portal:correction": {"counselor", "decision"},
    "portal:messages": {"office"},
    "portal:papers": {"office"},
    "portal:data": {"contract", "duty", "register", "office"},
    "portal:more": {"contract", "office"},
}
"""What must be explained there at least, whatever the language."""
TOUCHED = re.compile(r'popovertarget="(term-(\w+))"')


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Built once, and gone when this file is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def read(world: World, name: str, language: str) -> str:
    user = world.users["newcomer"]
    User.objects.filter(pk=user.pk).update(language=language)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    answer = client.get(address(name, world))
    html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return answer.content.decode() if html else ""


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_the_main_pages_explain_their_legal_words(world: World, db: None, language: str) -> None:
    told = {name: {code for _id, code in TOUCHED.findall(read(world, name, language))} for name in MAIN}
    assert {name: missing for name, wanted in MAIN.items() if (missing := wanted - told[name])} == {}


@pytest.mark.parametrize("language", ["en", "nl", "ar"])
def test_each_word_is_explained_once_and_has_its_meaning(world: World, db: None, language: str) -> None:
    for name in sorted(PATTERNS):
        page = read(world, name, language)
        found = TOUCHED.findall(page)
        assert len(found) == len({code for _id, code in found}), name
        assert all(f'id="{place}" class="pw-meaning" popover' in page for place, _code in found), name


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_every_word_of_the_glossary_is_found_by_itself(language: str) -> None:
    with override(language):
        words = {code: str(term.word) for code, term in TERMS.items()}
    missed = {code: word for code, word in words.items() if not pattern_in(language).fullmatch(word)}
    assert set(missed) <= ({"attendance"} if language == "ar" else set())  # OTHER_SENSE
