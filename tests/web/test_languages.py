"""In which language a reader gets a page, and how they choose it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import get_language_info, override

from accounts.models import User
from pathways.web.dates import long_date, relative_due, weekday_date
from pathways.web.languages import language_for
from pathways.web.reference import country_name
from pathways.web.texts import said, spoken
from tests.web.people import make_user

TEXT = {"en": "Welcome", "nl": "Welkom", "fr": "Bienvenue", "de": "Willkommen"}


def _language(path, header="", cookie=""):
    request = RequestFactory().get(path, headers={"accept-language": header})
    request.COOKIES |= {settings.LANGUAGE_COOKIE_NAME: cookie} if cookie else {}
    return language_for(request)


def test_a_newcomers_page_speaks_what_the_browser_asks_for():
    assert _language("/check/", "ar-SY,fr;q=0.5") == "ar"


def test_a_choice_goes_before_the_browsers_wish():
    assert _language("/check/", "ar", cookie="tr") == "tr"


def test_a_page_of_staff_speaks_one_of_the_four_languages():
    assert (_language("/desk/", "tr, nl;q=0.5"), _language("/desk/", cookie="ar")) == ("nl", "en")


def test_a_language_that_is_not_complete_is_not_spoken(settings):
    settings.OFFERED_LANGUAGES = ("en", "fr")
    assert _language("/check/", "tr, fr;q=0.1") == "fr"


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_every_language_has_a_name_of_its_own_and_a_direction(code):
    info = get_language_info(code)
    assert info["name_local"]
    assert info["bidi"] is (code in settings.LANGUAGES_BIDI)


def test_a_user_keeps_the_language_of_the_first_page(client, db):
    client.force_login(make_user("somebody"))
    client.post(reverse("set_language"), {"language": "ar", "next": "/"})
    assert User.objects.get().language == "ar"


def test_a_language_that_is_not_offered_is_not_remembered(client, db, settings):
    settings.OFFERED_LANGUAGES = ("en", "nl")
    client.force_login(make_user("somebody"))
    client.post(reverse("set_language"), {"language": "ar", "next": "/"})
    assert User.objects.get().language == "en"


def test_the_first_page_names_every_offered_language_in_its_own_script(client, db):
    page = client.get(reverse("choose_language"), {"next": "/verify/"}).content.decode()
    assert all(f'lang="{code}"' in page for code in settings.OFFERED_LANGUAGES)
    assert ("العربية" in page, 'value="/verify/"' in page) == (True, True)


def test_the_first_page_leads_nowhere_else(client, db):
    page = client.get(reverse("choose_language"), {"next": "https://elsewhere.example/"}).content.decode()
    assert "elsewhere" not in page


def test_a_text_of_the_data_is_said_as_the_data_have_it():
    assert said(TEXT, "nl") == "Welkom"


def test_a_text_without_a_translation_stays_english_and_says_so():
    text = {"en": "A text that nobody translates"}
    assert (said(text, "ar"), spoken(text, "ar")) == ("A text that nobody translates", "en")


def explained(text, language="en"):
    with override(language):
        return Template("{% load glossary %}{% explained %}" + text + "{% endexplained %}").render(Context())


def test_a_word_of_the_law_is_explained_on_touch():
    assert re.fullmatch(
        r'<p>Sign your <button type="button" class="pw-term" popovertarget="(term-contract)">contract</button>'
        r" &lt;now&gt;. A contract</p>"
        r'\s*<span id="\1" class="pw-meaning" popover><b>contract</b> A paper .+</span>\s*',
        explained("<p>Sign your contract &lt;now&gt;. A contract</p>"),
    )


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "Two exemptions", "exemptions"),
        ("nl", "Uw contracten", "contracten"),
        ("tr", "Yükümlülüğünüz", "Yükümlülüğünüz"),
        ("ar", "توقيع عقدي", "عقدي"),
        ("ru", "Срока нет", "Срока"),
        ("so", "La-taliyahaaga", "La-taliyahaaga"),
        ("so", "Go&#x27;aanka", "Go&#x27;aanka"),
    ],
)
def test_a_word_is_found_whatever_ending_the_sentence_gives_it(language, text, word):
    assert f">{word}</button>" in explained(f"<p>{text}</p>", language)


def test_a_text_without_such_a_word_stays_as_it_is():
    assert explained("<p>Good morning</p>") == "<p>Good morning</p>"


def test_a_word_in_headings_and_links_alone_is_explained_below_them():
    shown = explained('<h2>Your contract</h2><a href="/">A <b>fine</b></a>')
    assert shown.startswith('<h2>Your contract</h2><a href="/">A <b>fine</b></a>')
    assert re.findall(r'popovertarget="term-(\w+)"', shown) == ["contract", "fine"]


def test_what_somebody_wrote_and_what_is_in_another_language_is_left_alone():
    page = (
        '<p><bdi>My fine</bdi></p><p lang="nl">Uw contract</p><p dir="auto">An appeal</p><br><textarea>fine</textarea>'
    )
    assert explained(page) == page


@pytest.mark.parametrize(
    ("language", "late", "ahead"),
    [
        ("tr", "5 gün gecikti", "4 hafta sonra"),
        ("ar", "تأخير 5 أيام", "خلال 4 أسابيع"),
        ("ru", "Просрочено: 5 дней", "Через 4 недели"),
        ("es", "5 días de retraso", "Dentro de 4 semanas"),
    ],
)
def test_days_are_counted_in_the_readers_language(language, late, ahead):
    on = dt.date(2026, 3, 1)
    assert relative_due(dt.date(2026, 2, 24), on=on, language=language) == late
    assert relative_due(dt.date(2026, 3, 31), on=on, language=language) == ahead


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_day_is_written_with_western_figures(language):
    assert "2026" in long_date(dt.date(2026, 3, 12), language=language, weekday=True)
    assert "12" in weekday_date(dt.date(2026, 3, 12), on=dt.date(2026, 3, 1), language=language)


@pytest.mark.parametrize(("language", "name"), [("tr", "Fas"), ("uk", "Марокко"), ("ti", "ሞሮኮ"), ("nl", "Marokko")])
def test_a_nationality_has_a_name_in_every_language(db, language, name):
    assert country_name("MA", "Fas" if language == "tr" else "Marokko", language) == name
