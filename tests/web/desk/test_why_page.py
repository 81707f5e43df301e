"""The page of reasons: rule, conditions, missing facts answered in place, what-if, an earlier day."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.actions import record_facts
from pathways.cases.models import Case, DecisionRecord, FactChange
from tests.cases.conftest import TODAY

DAY = dt.timedelta(1)


def why(case, tail=""):
    return f"/desk/cases/{case.reference}/why/{tail}"


def test_the_rule_that_decides_is_shown_with_its_conditions(page, new_case):
    text = page(why(new_case()))
    assert "Why is Nour Haddad obliged?" in text
    assert "applies because all of this is true" in text
    assert "Municipality&#x27;s list" in text


def test_rules_that_came_first_are_shown_as_false(page, new_case):
    text = page(why(new_case()))
    assert "3 rules come first and do not apply" in text
    assert text.count("<summary>") >= 3


def test_a_missing_fact_is_answered_in_place(desk, page, new_case):
    case = new_case(register=None)
    text = page(why(case))
    assert "This would decide: Register" in text
    assert "csrfmiddlewaretoken" in text.partition('id="missing"')[2].partition("</form>")[0]
    action = f"/desk/cases/{case.reference}/facts/?fact=register&amp;back=why"
    assert action in text
    sent = {"value": "foreigners", "source": "statement", "back": "why"}
    response = desk.post(action.replace("&amp;", "&"), sent)
    assert response.url == why(case)
    assert Case.objects.get(pk=case.pk).decision.outcome == "obliged"


def test_each_answer_says_what_it_would_mean(page, new_case):
    missing = page(why(new_case(register=None))).partition('id="missing"')[2].partition("</form>")[0]
    assert 'data-s="obliged"' in missing
    assert 'data-s="not_targeted"' in missing


def test_the_page_as_it_was_offers_no_answers(page, new_case, counselor):
    case = new_case(register=None, on=TODAY - 9 * DAY)
    record_facts(actor=counselor, case=case, facts={"register": "foreigners"}, source="document", on=TODAY - 3 * DAY)
    assert "Why is Nour Haddad obliged?" in page(why(case))
    then = page(why(case, f"?as_of={TODAY - 5 * DAY}"))
    assert "This page as it was on 12 March 2026" in then
    assert "This would decide: Register" in then
    assert "Record the fact" not in then
    assert "What if" not in then


def test_before_its_first_decision_a_case_has_no_reasons(page, new_case):
    assert "There is no decision yet" in page(why(new_case(), "?as_of=2020-01-01"))


@pytest.mark.parametrize("as_of", ["", "tomorrow", "2026-13-40", "9999-12-31"])
def test_an_impossible_day_shows_today(page, new_case, as_of):
    assert "Why is Nour Haddad obliged?" in page(why(new_case(), f"?as_of={as_of}"))


def test_what_if_compares_and_saves_nothing(page, new_case):
    case = new_case()
    before = (FactChange.objects.count(), DecisionRecord.objects.count(), JournalEntry.objects.count())
    text = page(why(case, "?fact=nationality&chosen=nationality&value=FR"))
    outcome = text.partition('class="pw-outcome"')[2].partition("</section>")[0]
    assert 'data-s="obliged"' in outcome
    assert 'data-s="exempt"' in outcome
    assert "Nothing is saved" in text
    assert (FactChange.objects.count(), DecisionRecord.objects.count(), JournalEntry.objects.count()) == before


def test_what_if_alone_is_answered_to_htmx(page, new_case):
    address = why(new_case(), "?fact=nationality&chosen=nationality&value=FR")
    fragment = page(address, **{"HX-Request": "true", "HX-Target": "what-if"})
    assert fragment.startswith('<section aria-labelledby="h-if"')
    assert fragment in page(address)


def test_a_fact_chosen_anew_asks_for_its_value(page, new_case):
    text = page(why(new_case(), "?fact=register&chosen=nationality&value=FR"))
    assert 'id="what_if_value"' in text
    assert 'class="pw-outcome"' not in text


def test_what_cannot_be_is_refused_in_words(page, new_case):
    text = page(why(new_case(), "?fact=birth_date&chosen=birth_date&value=2999-01-01"))
    assert "This date lies in the future." in text


def test_a_stranger_learns_nothing(client, new_case, staff):
    client.force_login(staff("ANT"))
    assert client.get(why(new_case())).status_code == 404
