"""A language is offered only when it is complete; the scripts that see to it."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.utils import translation

from scripts import messages, translating
from scripts.newcomers import data_texts, is_shown, rule_texts
from tests.fixtures.untranslated import listening

NEWCOMERS = [code for code, _name in settings.LANGUAGES if code not in settings.STAFF_LANGUAGES]


@pytest.mark.parametrize("language", [code for code in settings.OFFERED_LANGUAGES if code != "en"])
def test_an_offered_language_has_every_text(language):
    assert list(messages.problems(language, messages.template(language))) == []


@pytest.mark.parametrize("language", NEWCOMERS)
def test_what_a_language_has_is_not_faulty(language):
    faults = messages.problems(language, messages.template(language))
    assert [one for one in faults if ": missing: " not in one and ": no longer used: " not in one] == []


def test_newcomers_languages_hold_what_newcomers_see_and_no_more():
    assert is_shown("templates/portal/pathway/home.html")
    assert not is_shown("templates/desk/today.html")
    assert not is_shown("templates/public/style.html")


def test_titles_of_rule_sets_are_among_the_texts_and_notes_are_not():
    found = data_texts("tr")
    assert "Report to the reception office" in found
    assert not any(text.startswith("EU citizens are entitled by a press page") for text in found)


def test_the_rules_own_texts_are_found():
    assert {"Age", "{f} is at least {v}", "Civic integration (Flanders)"} <= rule_texts()


@pytest.mark.parametrize(
    ("english", "given", "problem"),
    [
        ("%(n)s days", "%(n)s gün", None),
        ("%(n)s days", "gün", "a placeholder is lost"),
        ("%(n)s days", "%(m)s gün %(n)s", "a placeholder that the English lacks"),
        (("%(n)s day", "%(n)s days"), ["يوم واحد", "%(n)s يوم"], None),
        ("Days", "", "missing"),
    ],
)
def test_a_faulty_translation_is_told(english, given, problem):
    assert messages.problem_of(english, given) == problem


def test_what_a_translator_gives_back_is_taken_and_the_rest_refused(tmp_path, capsys):
    catalogue = messages.template("es")  # nothing translated yet
    asked = json.loads(translating.missing("es", catalogue, None))
    key = next(key for key, empty in asked.items() if empty == "" and "%" not in key)
    file = tmp_path / "es.json"
    file.write_text(json.dumps({key: "Hola", "Nobody wrote this": "Nadie"}))
    assert translating.apply("es", catalogue, file, messages.problem_of) == 1
    assert catalogue.get(key).string == "Hola"
    assert "no such text: 'Nobody wrote this'" in capsys.readouterr().out


def test_a_text_without_a_translation_is_heard():
    with translation.override("tr"), listening("tr") as missing:
        translation.gettext("Nobody translates this")
        translation.gettext("Monday")
    assert missing == {"Nobody translates this"}
