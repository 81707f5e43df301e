"""Why, papers, calendar, my data and who looked: each says what is known, and nothing that is another's."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from icalendar import Calendar

from pathways.audit.actions import record_view
from pathways.cases.actions import record_note, record_notice
from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case
from pathways.courses.models import Session
from pathways.documents.models import Document
from pathways.meetings.papers import office_papers
from pathways.meetings.schemas import forms
from pathways.meetings.slots import at as clock
from pathways.notices.actions import send_letters
from pathways.people.models import Person
from pathways.web.portal.pathway import data_words, papers, recorded, shelves
from pathways.web.portal.pathway.keeping import HEADER
from pathways.web.texts import said
from tests.fixtures.untranslated import listening
from tests.outcomes.conftest import *  # noqa: F403  people with lessons, certificates, breach files
from tests.outcomes.conftest import TODAY
from tests.web.portal.readers import morning, read, sign_in_of

__all__ = ["morning", "read"]


@pytest.fixture
def invited(new_case, counselor) -> Case:
    """Somebody who was told of the duty ten days ago, by a letter that was sent."""
    case = new_case()
    letter = write_invitation(actor=counselor, case=case, on=TODAY)
    send_letters(actor=counselor, letters=[letter], on=TODAY)
    record_notice(actor=counselor, case=case, received_on=TODAY - dt.timedelta(days=10), on=TODAY)
    return Case.objects.select_related("person", "office", "facts", "decision").get(pk=case.pk)


def test_why_names_rule_facts_and_law_and_where_to_say_that_something_is_wrong(read, invited):
    page = read(invited, "/my/why/")
    assert "You must follow the programme" in page
    assert "Foreigners" in page
    assert "From: Your municipality" in page
    assert "Test Act" in page
    assert "Is this wrong?" in page


def test_why_says_what_each_answer_to_a_missing_fact_would_mean(read, new_case):
    page = read(new_case(register=None), "/my/why/")
    assert "What we do not know yet" in page
    assert "You must follow the programme" in page
    assert "The programme is not for you" in page


def test_a_date_adds_up_step_by_step(read, invited):
    page = read(invited, "/my/why/first_contact/")
    assert "On Sunday 7 June 2026 at the latest" in page
    assert "The law gives 3 months." in page
    assert "+92 days" in page


def test_a_term_that_does_not_bind_the_person_is_not_there(client, morning, invited):
    client.force_login(sign_in_of(invited))
    assert client.get("/my/why/completion/").status_code == 404


def test_papers_say_what_they_mean_and_open(client, read, invited):
    page = read(invited, "/my/papers/")
    assert "Invitation" in page
    assert "Your office asks you to come." in page
    document = Document.objects.get(letters__case_reference=invited.reference)
    answer = client.get(f"/my/papers/{document.public_id}/")
    assert answer.content == bytes(document.content)
    assert "no-store" in answer["Cache-Control"]


def test_a_letter_that_was_not_sent_is_nobodys_yet(client, read, new_case, counselor):
    case = new_case()
    letter = write_invitation(actor=counselor, case=case, on=TODAY)
    assert "There are no papers yet" in read(case, "/my/papers/")
    assert client.get(f"/my/papers/{letter.document.public_id}/").status_code == 404


def test_the_calendar_has_lessons_with_their_places(read, followed):
    case = followed("")
    lesson = Session.objects.filter(course__enrolments__case=case).latest("starts_at")
    hours = {"starts_at": clock(TODAY, dt.time(18, 30)), "ends_at": clock(TODAY, dt.time(20))}
    Session.objects.filter(pk=lesson.pk).update(**hours)
    page = read(case, "/my/calendar/")
    assert "Dutch A2" in page
    assert "18:30–20:00" in page
    assert "Put this in my own calendar" in page


def test_the_secret_address_gives_a_calendar_without_a_name(client, read, invited):
    read(invited)
    page = client.post("/my/calendar/address/").content.decode()
    address = page.split('class="pw-code" dir="ltr">')[1].split("<")[0].strip()
    answer = Client().get(address.replace("http://testserver", ""))
    calendar = Calendar.from_ical(answer.content)
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["Last day: first_contact"]
    assert b"Haddad" not in answer.content
    client.post("/my/calendar/address/", {"act": "close"})
    assert Client().get(address.replace("http://testserver", "")).status_code == 404


def test_my_data_has_what_was_recorded_in_words_and_as_files(client, read, invited, counselor):
    record_note(actor=counselor, case=invited, kind="call", text="Called back.", on=TODAY)
    page = read(invited, "/my/data/")
    assert "Called back." in page
    assert "Your municipality" in page
    stored = json.loads(client.get("/my/data/my-data.json").content)
    assert stored["notes"][0]["text"] == "Called back."
    assert stored["identity"][0]["last_name"] == "Haddad"
    paper = client.get("/my/data/my-data.pdf")
    assert paper.content.startswith(b"%PDF")


def test_my_data_names_no_colleague(client, read, invited, counselor):
    record_note(actor=counselor, case=invited, kind="call", text="Called back.", on=TODAY)
    record_view(actor=counselor, case_id=invited.pk, page="case", purpose="follow_up")
    for address in ("/my/data/", "/my/data/my-data.json", "/my/data/views/"):
        assert counselor.full_name not in read(invited, address)


def test_who_looked_is_told_by_role_organisation_time_and_purpose(read, invited, counselor):
    record_view(actor=counselor, case_id=invited.pk, page="why", purpose="follow_up")
    page = read(invited, "/my/data/views/")
    assert "A counselor" in page
    assert "GNT" in page
    assert "The reasons of a decision. To help you with your programme." in page


def test_older_looks_are_on_the_next_page(read, invited, counselor):
    for _number in range(35):
        record_view(actor=counselor, case_id=invited.pk, page="case", purpose="follow_up")
    page = read(invited, "/my/data/views/")
    assert page.count("A counselor") == 30
    before = page.split("?before=")[1].split('"')[0]
    assert read(invited, f"/my/data/views/?before={before}").count("A counselor") == 5


def test_nothing_stays_in_the_browser_and_a_shared_phone_keeps_no_page(client, read, invited):
    read(invited)
    answer = client.get("/my/")
    assert "no-store" in answer["Cache-Control"]
    assert answer[HEADER]
    session = client.session
    session["newcomer"] = {"seen": 0, "shared": True}
    session.save()
    assert HEADER not in client.get("/my/papers/").headers


def test_somebody_elses_pages_are_kept_apart(client, read, invited, new_case, person):
    read(invited)
    first = client.get("/my/")[HEADER]
    other = new_case(person("Moradi", "Shirin"))
    client.force_login(sign_in_of(other, "shirin"))
    assert client.get("/my/")[HEADER] != first


# --- Nothing is forgotten ---------------------------------------------------------------------------------------------
def _leads_to_a_person() -> set[type[models.Model]]:
    found: set[type[models.Model]] = {Person, Case}
    while True:
        new = {
            model
            for model in apps.get_models()
            if model not in found and not model._meta.proxy
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.related_model in found
        }
        if not new:
            return found
        found |= new


def test_every_table_about_a_person_is_shown_to_them_or_left_out_with_a_reason():
    shown = {section.model for section in recorded.SECTIONS}
    missing = {model._meta.label for model in _leads_to_a_person() - shown} - set(recorded.LEFT_OUT)
    assert missing == set()


def test_every_relation_to_a_document_is_a_shelf_or_left_out_with_a_reason():
    found = {
        (model, field.name)
        for model in apps.get_models()
        if not model._meta.proxy and model is not Document
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Document
    }
    on_shelves = {(shelf.model, shelf.column) for shelf in shelves.SHELVES}
    left = {f"{model._meta.label}.{name}" for model, name in found - on_shelves} - set(shelves.LEFT_OUT)
    assert left == set()


def test_every_kind_of_paper_has_its_meaning():
    for shelf in shelves.SHELVES:
        assert papers.meaning_of(shelf.kind, "").title


def test_every_column_and_every_code_of_my_data_has_a_word():
    worded = {"outcome", "component", "programme", "from_programme", "to_programme"}
    for section in recorded.SECTIONS:
        for name in section.columns:
            assert name in data_words.LABELS, (section.code, name)
            field = None if "__" in name else section.model._meta.get_field(name)
            codes = dict(getattr(field, "flatchoices", None) or ()) if name not in worded else {}
            if name == "level":
                continue
            assert set(map(str, codes)) <= set(data_words.CODES), (section.code, name)


@pytest.mark.parametrize("language", settings.OFFERED_LANGUAGES)
def test_what_was_said_in_talks_is_told_in_every_language(language):
    questions = [one for form in forms().values() for asked in form.questions for one in (asked, *asked.columns)]
    texts = [one.label for one in questions] + [label for one in questions for label in one.choices.values()]
    with listening(language) as missing:
        assert all(said(text, language) for text in (*texts, *(paper.title for paper in office_papers().values())))
    assert language == "en" or missing == set()
