"""Every condition can be worded in every language, and reads naturally."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.rules import FACTS, LANGUAGES, Period, word_condition, word_date, word_period, word_value
from pathways.rules.texts import FURTHER
from pathways.rules.texts import texts as rule_texts
from pathways.rules.wording import word_count
from tests.rules.strategies import conditions

REGISTER, AGE, SIGNED = {"var": "register"}, {"var": "age"}, {"var": "contract_signed_on"}


def texts(worded):
    return [worded.text, *(text for child in worded.children for text in texts(child))]


@settings(suppress_health_check=list(HealthCheck))
@given(condition=conditions(), language=st.sampled_from(LANGUAGES))
def test_any_condition_is_worded_without_holes(condition, language):
    for text in texts(word_condition(condition, language)):
        assert text.strip()
        assert "{" not in text
        assert language == "en" or "None" not in text  # in English it is the name of a choice


@pytest.mark.parametrize(
    ("condition", "en"),
    [
        (True, "Always"),
        ({"!": True}, "Never"),
        ({">=": [AGE, 18]}, "Age is at least 18"),
        ({"!": {">=": [AGE, 18]}}, "Age is less than 18"),
        ({"<=": [18, AGE, 64]}, "Age is from 18 to 64"),
        ({"!": {"<=": [18, AGE, 64]}}, "Age is not from 18 to 64"),
        ({"in": [REGISTER, ["waiting", "foreigners"]]}, "Register is one of: Waiting register, Foreigners' register"),
        ({"!": {"in": [REGISTER, ["waiting"]]}}, "Register is not Waiting register"),
        ({"!": {"var": "belgian_diploma"}}, "Belgian diploma: no"),
        ({"!=": [{"var": "belgian_diploma"}, True]}, "Belgian diploma: no"),
        ({"<": [SIGNED, "2022-03-01"]}, "Contract signed on: before 1 March 2022"),
        ({"!": {"<": [SIGNED, "2022-03-01"]}}, "Not: Contract signed on: before 1 March 2022"),
        ({"<=": [SIGNED, {"var": "on"}]}, "Contract signed on: on or before the day of the assessment"),
        (
            {"==": [{"var": "region"}, {"var": "first_registration_region"}]},
            "Region is “Region of the first registration”",
        ),
        ({">": [{"var": "permit_months"}, 3]}, "Validity of the first title is more than 3 months"),
        ({"<": [{"var": "level_nl"}, "A2"]}, "Level of Dutch is below A2"),
        ({">=": [{"var": "overall.attendance_ratio"}, 0.8]}, "Whole pathway, attendance is at least 80%"),
        (
            {">=": [{"var": "participation.attended_minutes"}, 2400]},
            "Participation, attended time is at least 40 hours",
        ),
    ],
)
def test_conditions_read_as_sentences(condition, en):
    assert word_condition(condition, "en").text == en


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ({"and": [True]}, "All of these:"),
        ({"or": [True]}, "At least one of these:"),
        ({"!": {"or": [True]}}, "None of these:"),
        ({"!": [{"and": [True]}]}, "Not all of these:"),
        ({"!": {"!": {"or": [True]}}}, "At least one of these:"),
    ],
)
def test_groups_head_their_parts(condition, text):
    worded = word_condition(condition, "en")
    assert (worded.text, [child.text for child in worded.children]) == (text, ["Always"])


def test_dates_and_lengths_are_written_in_each_language():
    day = dt.date(2024, 3, 1)
    assert [word_date(day, language) for language in LANGUAGES] == [
        "1 March 2024",
        "1 maart 2024",
        "1er mars 2024",
        "1. März 2024",
    ]
    assert [word_period(Period.parse("P18M"), language) for language in LANGUAGES] == [
        "18 months",
        "18 maanden",
        "18 mois",
        "18 Monate",
    ]


def test_values_are_worded_by_type():
    assert word_value(FACTS["may_work"], False, "nl") == "Nee"
    assert word_value(FACTS["birth_date"], "1990-01-31", "en") == "31 January 1990"
    assert word_value(FACTS["permit_months"], 999, "en") == "unlimited"
    assert word_value(FACTS["permit_months"], 1, "de") == "1 Monat"
    assert word_value(FACTS["register"], None, "en") == ""
    assert word_value(FACTS["register"], "no longer a choice", "en") == "no longer a choice"


def test_free_codes_are_named_by_the_caller():
    def names(table, code, language):
        return {("nationalities", "TR", "fr"): "Turquie"}.get((table, code, language))

    condition = {"in": [{"var": "nationality"}, ["TR", "MA"]]}
    assert word_condition(condition, "fr", names).text == "Nationalité, parmi : Turquie, MA"


@settings(suppress_health_check=list(HealthCheck))
@given(condition=conditions(), language=st.sampled_from(FURTHER))
def test_any_condition_is_worded_in_a_newcomers_language(condition, language):
    for text in texts(word_condition(condition, language)):
        assert text.strip()
        assert "{" not in text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "Sözleşmenin imza tarihi: 1 Mart 2022 öncesi"),
        ("ar", "تاريخ توقيع العقد: قبل 1 مارس 2022"),
        ("ru", "Дата подписания договора: до 1 марта 2022"),
    ],
)
def test_a_condition_reads_as_a_sentence_in_a_newcomers_language(language, text):
    assert word_condition({"<": [SIGNED, "2022-03-01"]}, language).text == text


@pytest.mark.parametrize(
    ("count", "ar", "ru"),
    [
        (1, "شهر واحد", "1 месяц"),
        (2, "شهران", "2 месяца"),
        (6, "6 أشهر", "6 месяцев"),
        (12, "12 شهرًا", "12 месяцев"),
        (21, "21 شهرًا", "21 месяц"),
        (100, "100 شهر", "100 месяцев"),
    ],
)
def test_a_count_takes_the_plural_of_its_language(count, ar, ru):
    assert (word_count(count, "months", "ar"), word_count(count, "months", "ru")) == (ar, ru)


def test_a_text_that_lacks_a_translation_stays_english():
    assert rule_texts("Nobody translates this", "", "", "")["ti"] == "Nobody translates this"


def test_a_text_put_together_is_so_in_every_language():
    assert FACTS["extra_days_contract"].labels["tr"] == "Süreye eklenen günler: Sözleşme"
