"""The look: icons, days in words, tokens as the only colours, nothing inline, and pages without barriers."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import translation

from config.runtime.places import ROOT
from pathways.web import dates, errors, icons
from pathways.web.templatetags import pw

ON = dt.date(2026, 3, 17)
TEMPLATES = [*(ROOT / "templates").rglob("*.html")]
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))


def render(source: str, **context: object) -> str:
    return Template("{% load pw %}" + source).render(Context(context))


# --- Icons ----------------------------------------------------------------------------------------------------------


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icons.draw_icon("gavel")
    assert 'role="img" aria-label="becomes &amp; stays"' in icons.draw_icon("arrow-right", label="becomes & stays")


def test_an_unknown_icon_says_how_to_add_it() -> None:
    with pytest.raises(KeyError, match=r"icons\.txt"):
        icons.draw_icon("no-such-icon")


def test_every_icon_named_in_a_template_exists() -> None:
    named = {name for file in TEMPLATES for name in re.findall(r'{% icon "([a-z0-9-]+)"', file.read_text())}
    assert named <= icons.shapes().keys()


def test_the_icons_of_every_outcome_truth_and_stop_exist() -> None:
    from pathways.web.wording import NOTES, OUTCOMES, STOPS, TRUTH

    assert {sign.icon for signs in (NOTES, OUTCOMES, STOPS, TRUTH) for sign in signs.values()} <= icons.shapes().keys()


def test_the_icon_list_and_the_built_icons_agree() -> None:
    listed = (ROOT / "scripts" / "frontend" / "icons.txt").read_text().split()
    assert sorted(json.loads((ROOT / "pathways" / "web" / "icons.json").read_text())) == sorted(listed)


# --- Days in words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "en", "nl", "fr", "de"),
    [
        (-5, "5 days late", "5 dagen te laat", "5 jours de retard", "5 Tage überfällig"),
        (-1, "1 day late", "1 dag te laat", "1 jour de retard", "1 Tag überfällig"),
        (0, "Today", "Vandaag", "Aujourd’hui", "Heute"),
        (1, "Tomorrow", "Morgen", "Demain", "Morgen"),
        (10, "In 10 days", "Over 10 dagen", "Dans 10 jours", "In 10 Tagen"),
        (44, "In 6 weeks", "Over 6 weken", "Dans 6 semaines", "In 6 Wochen"),
        (349, "In 11 months", "Over 11 maanden", "Dans 11 mois", "In 11 Monaten"),
        (900, "In 2 years", "Over 2 jaar", "Dans 2 ans", "In 2 Jahren"),
    ],
)
def test_a_deadline_is_told_relative_to_the_day_of_asking(days: int, en: str, nl: str, fr: str, de: str) -> None:
    due = ON + dt.timedelta(days)
    told = [dates.relative_due(due, on=ON, language=code).replace("\xa0", " ") for code in ("en", "nl", "fr", "de")]
    assert told == [en, nl, fr, de]


@pytest.mark.parametrize(
    ("language", "same_year", "other_year"),
    [
        ("en", "Thu 12 March", "Mon 1 Mar 2027"),
        ("nl", "do 12 maart", "ma 1 mrt 2027"),
        ("fr", "jeu. 12 mars", "lun. 1 mars 2027"),
        ("de", "Do. 12. März", "Mo. 1. März 2027"),
    ],
)
def test_the_year_is_written_only_where_it_is_another(language: str, same_year: str, other_year: str) -> None:
    assert dates.weekday_date(dt.date(2026, 3, 12), on=ON, language=language) == same_year
    assert dates.weekday_date(dt.date(2027, 3, 1), on=ON, language=language) == other_year


def test_the_due_tag_marks_late_and_today_and_follows_the_language() -> None:
    with translation.override("nl"):
        late = render("{% due day on %}", day=dt.date(2026, 3, 12), on=ON)
    assert all(part in late for part in ('data-u="late"', "5 dagen te laat", 'datetime="2026-03-12"'))
    assert 'data-u="today"' in render("{% due day on %}", day=ON, on=ON)
    assert "data-u" not in render("{% due day on %}", day=ON + dt.timedelta(3), on=ON)
    assert "No date yet" in render('{% due day on empty="No date yet" %}', day=None, on=ON)


# --- Parts ----------------------------------------------------------------------------------------------------------


def test_a_missing_truth_value_is_unknown_never_no() -> None:
    assert 'data-v="unknown"' in render("{% mark value %}", value=None)
    assert 'data-v="false"' in render("{% mark value %}", value=False)


def test_the_bar_is_lost_when_what_is_left_cannot_reach_the_threshold() -> None:
    assert "data-lost" in render('{% bar 20 12 50 "…" %}')
    assert "data-lost" not in render('{% bar 34 6 50 "…" %}')


def test_the_bar_grows_from_the_right_in_right_to_left_text() -> None:
    with translation.override("ar"):
        assert 'class="done" x="32%" width="68%"' in render('{% bar 34 6 50 "…" %}')


def test_a_note_escapes_its_title_and_keeps_its_content() -> None:
    html = render('{% note "missing" title=title %}<p>{{ text }}</p>{% endnote %}', title="<b>", text="<i>")
    assert "&lt;b&gt;" in html
    assert "<p>&lt;i&gt;</p>" in html


def test_initials_are_those_of_the_first_and_the_last_name() -> None:
    assert [pw.initials(name) for name in ("Lotte Verbeeck", "Ana María de la Cruz", "admin", "")] == [
        "LV",
        "AC",
        "A",
        "",
    ]


# --- What no file may do --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", STYLES[1:], ids=lambda file: file.name)
def test_only_the_tokens_write_colours(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|\brgba?\(|\bhsla?\(|\boklch\(", text) == []


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_styles_use_logical_properties(file: Path) -> None:
    text = file.read_text()
    sides = r"(?<![-\w])(?:margin|padding|border)-(?:left|right)\b|(?<=[{; ])(?:left|right):|text-align: (?:left|right)"
    assert re.findall(sides, text) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "templates")))
def test_no_template_needs_inline_style_or_script(file: Path) -> None:
    text = file.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    assert all("src=" in tag or "json" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_our_own_scripts_stay_small() -> None:
    assert sum(len(file.read_text().splitlines()) for file in (ROOT / "static" / "js").glob("*.js")) < 600


# --- Frame and error pages ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_front_page_offers_sign_in_and_four_languages(client) -> None:
    page = client.get("/").content.decode()
    assert "/accounts/login/" in page
    assert all(f'lang="{code}"' in page for code in ("en", "nl", "fr", "de"))


@pytest.mark.django_db
def test_the_chosen_theme_is_in_the_first_byte_of_the_next_page(client) -> None:
    assert "data-bs-theme" not in client.get("/").content.decode()[:300]
    answer = client.post("/theme/", {"theme": "dark", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_theme_form_leads_to_no_other_site_and_to_no_other_theme(client) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})["Location"] == "/"
    client.post("/theme/", {"theme": '"><script>', "next": "/"})
    assert "data-bs-theme" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so_in_the_reader_s_words(client) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.csrf_failure, 403), (errors.server_error, 500)],
)
def test_error_pages_ask_nothing_of_the_database(page, status: int) -> None:
    answer = page(RequestFactory().get("/"))
    assert answer.status_code == status
    assert b"<h1>" in answer.content


def test_a_database_that_does_not_answer_is_not_the_reader_s_fault() -> None:
    from django.db import OperationalError

    try:
        raise OperationalError
    except OperationalError:
        answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_a_demonstration_offers_its_invented_people_on_the_sign_in_page(client) -> None:
    assert 'value="counselor.ghent@demo.example"' in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_real_installations_offer_nobody(client) -> None:
    assert "demo.example" not in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_nobody_signs_up_alone(client) -> None:
    assert b"<form method" not in client.get("/accounts/signup/").content.split(b"<main")[1]
