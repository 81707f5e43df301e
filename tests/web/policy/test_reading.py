"""The rules can be read: which versions there are, what one says, and what is not certain."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from accounts.models import Organisation
from accounts.roles import Role
from pathways.programmes.actions import load_rule_sets
from pathways.programmes.models import RuleSet
from pathways.programmes.queries import lines
from pathways.programmes.shipped import RULE_SETS, read_document, rule_set_files
from pathways.rules import LANGUAGES, parse_rule_set
from pathways.web.policy.sheet import sheet
from pathways.web.policy.timeline import timeline
from tests.web.people import make_user

TODAY = dt.date(2026, 3, 17)


@pytest.fixture
def rule_sets(db):
    load_rule_sets(on=TODAY)


@pytest.fixture
def reader(client, db):
    """The client of a counselor."""
    office = Organisation.objects.create(code="amal", name="Amal", kind="office")
    client.force_login(make_user("counselor", Role.COUNSELOR, organisation=office))
    return client


def test_the_list_shows_every_version_of_every_line(reader, rule_sets):
    page = reader.get("/policy/").content.decode()
    assert all(f'/policy/{code}/"' in page for code in RuleSet.objects.values_list("code", flat=True))


def test_the_list_takes_few_queries(reader, rule_sets, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        reader.get("/policy/")


def test_without_rule_sets_the_list_says_so(reader):
    assert "No rule set is published yet" in reader.get("/policy/").content.decode()


@pytest.mark.parametrize("file", rule_set_files(), ids=lambda file: file.stem)
def test_every_shipped_rule_set_can_be_read(reader, rule_sets, file):
    page = reader.get(f"/policy/{file.stem}/").content.decode()
    document = read_document(file)
    assert all(status["code"] in page for status in document["statuses"])


def test_a_rule_set_takes_few_queries(reader, rule_sets, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        reader.get("/policy/FL-2022/")


def test_an_unknown_rule_set_is_not_found(reader, rule_sets):
    assert reader.get("/policy/FL-1999/").status_code == 404


def test_an_empty_draft_can_be_read_and_says_that_it_is_one(reader, rule_sets):
    RuleSet.objects.create(code="FL-2099", line="FL", valid_from=TODAY, content={}, content_hash="")
    for path in ("", "read/"):
        page = reader.get(f"/policy/FL-2099/{path}").content.decode()
        assert 'data-s="draft"' in page


def test_old_addresses_lead_to_the_workbench(reader, rule_sets):
    assert reader.get("/rules/")["Location"] == "/policy/"
    assert reader.get("/rules/FL-2022/")["Location"] == "/policy/FL-2022/"


def test_what_is_not_verified_is_marked(reader, rule_sets):
    document = read_document(RULE_SETS / "WA-2025.yaml")
    doubtful = sum(status["law"]["confidence"] != "verified" for status in document["statuses"])
    section = (
        reader.get("/policy/WA-2025/").content.decode().split('aria-labelledby="h-statuses"')[1].split("</section>")[0]
    )
    assert section.count("pw-warn") == doubtful > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", rule_set_files(), ids=lambda file: file.stem)
@pytest.mark.django_db
def test_a_rule_set_is_worded_in_every_language(file, language):
    found = sheet(parse_rule_set(read_document(file)), language=language)
    assert all(node.text for item in found.statuses.items for _label, node in item.conditions)


def test_a_law_value_that_was_not_found_is_said(db):
    rule_set = parse_rule_set(read_document(RULE_SETS / "BX-2014.yaml"))
    texts = [
        text for section in sheet(rule_set, language="en").sections for item in section.items for _l, text in item.facts
    ]
    assert "Not found in any source" in texts


def test_every_row_of_the_timeline_is_as_long_as_its_axis(rule_sets):
    drawn = timeline(lines(), on=TODAY, language="en")
    length = sum(year.quarters for year in drawn.years)
    assert [sum(cell.quarters for cell in row.cells) for row in drawn.rows] == [length] * 4


def test_a_version_on_its_way_is_not_called_a_draft(reader, rule_sets):
    RuleSet.objects.create(code="FL-2027", line="FL", valid_from=dt.date(2027, 1, 1), state="scheduled", content={})
    assert reader.get("/policy/").content.decode().count("<td>Scheduled</td>") == 1


def test_the_timeline_knows_what_is_in_force(rule_sets):
    drawn = timeline(lines(), on=dt.date(2023, 1, 1), language="en")
    states = {version.code: version.state for row in drawn.rows for version in row.versions}
    assert (states["FL-2016"], states["FL-2022"], states["WA-2025"]) == ("past", "in_force", "future")


def test_no_identifier_on_the_page_is_used_twice(reader, rule_sets):
    page = reader.get("/policy/FL-2022/").content.decode()
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))
