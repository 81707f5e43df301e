"""The pages of the self-check: one question each, back and change, nothing stored, nothing readable in the address."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from pathways.audit.models import JournalEntry
from pathways.web.public.check.answers import Answers, unsealed
from pathways.web.public.check.views import address
from tests.web.public.conftest import DAY

GHENT = {"municipality": "44021"}
DECIDED = GHENT | {"nationality": "MA", "asylum_status": "none", "birth_date": "2012-01-01"}


@pytest.fixture
def reader(client, published_rules, monkeypatch):
    """Somebody who reads English, on the day of the rules."""
    monkeypatch.setattr("pathways.web.public.check.views.today", lambda: DAY)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def _say(reader, question, held=None, **data):
    sent = {"a": Answers(held or {}).sealed(), "q": question, **data}
    return reader.post(reverse("check"), sent)


def _held(answer):
    return unsealed(parse_qs(urlsplit(answer.url).query)["a"][0]).given


def test_the_first_page_asks_for_the_language(client, db):
    assert client.get(reverse("check")).url == f"{reverse('choose_language')}?next=%2Fcheck%2F"


def test_the_first_question_is_where_one_lives(reader):
    assert "Where do you live in Belgium?" in reader.get(reverse("check")).content.decode()


@pytest.mark.parametrize("place", ["Gent", "gand", "9000", "44021"])
def test_a_town_is_found_by_name_in_any_language_and_by_code(reader, place):
    assert _held(_say(reader, "municipality", answer=place)) == GHENT


def test_a_town_that_nobody_knows_is_asked_again(reader):
    page = _say(reader, "municipality", answer="Atlantis").content.decode()
    assert "We do not find this town" in page
    assert 'value="Atlantis"' in page


def test_a_name_of_several_towns_gives_a_choice(reader):
    page = _say(reader, "municipality", answer="Saint-Nicolas").content.decode()
    assert len(re.findall(r'type="radio"', page)) > 1


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("31", "2", "1990", "This date does not exist."),
        ("1", "", "1990", "Please type a day, a month and a year."),
        ("1", "1", "2030", "This day is still to come."),
        ("1", "1", "90", "Please type the year with four figures."),
    ],
)
def test_a_date_that_cannot_be_is_asked_again(reader, day, month, year, says):
    assert says in _say(reader, "birth_date", GHENT, day=day, month=month, year=year).content.decode()


def test_nobody_must_know_an_answer(reader):
    assert _held(_say(reader, "birth_date", GHENT, say="?")) == GHENT | {"birth_date": "?"}


def test_an_answer_can_be_changed_at_any_time(reader):
    page = reader.get(address("check", Answers(DECIDED), q="nationality")).content.decode()
    assert '<option value="MA" selected>' in page
    assert _held(_say(reader, "nationality", DECIDED, answer="FR"))["nationality"] == "FR"


def test_the_way_back_leads_to_the_question_before(reader):
    page = reader.get(address("check", Answers(GHENT))).content.decode()
    assert re.search(r'class="pw-back" href="/check/\?a=[^"]+&amp;q=municipality"', page)


def test_the_result_compares_the_regions_and_is_no_decision(reader):
    page = reader.get(address("check", Answers(DECIDED)), follow=True).content.decode()
    assert "is probably not for you" in page
    assert len(re.findall(r'<article class="pw-region"', page)) == 4
    assert "You live here" in page
    assert "This is not a decision" in page


def test_the_result_names_the_office_of_the_town(reader):
    page = reader.get(address("check", Answers(DECIDED)), follow=True).content.decode()
    assert "Amal" in page


def test_a_result_is_not_shown_while_a_question_is_open(reader):
    assert reader.get(address("check_result", Answers(GHENT))).url.startswith(reverse("check"))


def test_whoever_lives_abroad_sees_every_region(reader):
    answers = Answers({"municipality": "never", "nationality": "BE", "born_abroad": "no", "asylum_status": "none"})
    page = reader.get(address("check_result", answers), follow=True).content.decode()
    assert "What would apply to you in Belgium" in page or "Question" in page


def test_nothing_is_stored(reader):
    before = JournalEntry.objects.count()
    reader.get(address("check", Answers(DECIDED)), follow=True)
    _say(reader, "nationality", GHENT, answer="SY")
    assert (Session.objects.count(), JournalEntry.objects.count()) == (0, before)


def test_the_address_does_not_tell_the_answers(reader):
    """Whole words are looked for: two letters like SY stand in a sealed text by chance."""
    sealed = parse_qs(urlsplit(_say(reader, "nationality", GHENT, answer="SY").url).query)["a"][0]
    for seen in (sealed.encode(), urlsafe_b64decode(sealed)):
        assert b"44021" not in seen
        assert b"nationality" not in seen
