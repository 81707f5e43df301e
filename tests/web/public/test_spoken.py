"""Every public page is spoken in every language that is offered: no text is asked for that has no translation."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from pathways.web.public.check.answers import Answers
from pathways.web.public.check.questions import QUESTIONS
from pathways.web.public.check.views import address
from tests.fixtures.untranslated import untranslated

OFFERED = [code for code in settings.OFFERED_LANGUAGES if code != "en"]
CHILD = {"municipality": "44021", "nationality": "MA", "asylum_status": "none", "birth_date": "2020-01-01"}
OBLIGED = dict.fromkeys(QUESTIONS, "no") | {
    "municipality": "21001",
    "nationality": "MA",
    "asylum_status": "none",
    "birth_date": "1990-01-01",
    "first_registered_on": "2025-01-10",
    "first_registration_region": "brussels",
    "registered_in_region_on": "2025-01-10",
    "legal_stay_since": "2025-01-10",
    "register": "foreigners",
    "permit_months": "12",
    "stay_limit_months": "never",
    "works_half_time_months": "0",
    "study_status": "none",
}
PEOPLE = {
    "a child": CHILD,
    "an obliged person": OBLIGED,
    "in Ghent": OBLIGED | {"municipality": "44021", "first_registration_region": "flanders"},
    "in Liège": OBLIGED | {"municipality": "62063", "first_registration_region": "wallonia"},
    "in Eupen": OBLIGED | {"municipality": "63023", "first_registration_region": "german_community"},
    "a European": OBLIGED | {"nationality": "FR"},
    "who knows nothing": dict.fromkeys(QUESTIONS, "?") | {"municipality": "44021"},
    "abroad": OBLIGED | {"municipality": "never"},
}


@pytest.mark.parametrize("language", OFFERED)
def test_the_questions_are_spoken(client, published_rules, language):
    missing = set()
    for name in QUESTIONS:
        missing |= untranslated(client, reverse("check"), language, q=name, a=Answers(OBLIGED).sealed())
    assert missing == set()


@pytest.mark.parametrize("language", OFFERED)
def test_the_results_are_spoken(client, published_rules, language):
    missing = set()
    for answers in PEOPLE.values():
        page = reverse("check_result")
        missing |= untranslated(client, page, language, a=Answers(answers).sealed())
    assert missing == set()


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize("path", ["/", "/verify/", "/language/choose/", "/accounts/login/", "/accounts/login/code/"])
def test_the_other_public_pages_are_spoken(client, db, language, path):
    assert untranslated(client, path, language) == set()


def test_an_address_of_the_check_speaks_any_language(client, published_rules):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = client.get(address("check", Answers(CHILD)), follow=True).content.decode()
    assert 'dir="rtl"' in page
