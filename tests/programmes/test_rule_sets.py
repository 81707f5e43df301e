"""Rule sets are checked as files, published once, never changed, and written out as they came in."""

from __future__ import annotations

import copy
import json
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from pathways.audit.models import JournalEntry
from pathways.programmes import checking
from pathways.programmes.actions import PublicationError, load_rule_sets, publish_rule_set
from pathways.programmes.actions.publishing import rests_on
from pathways.programmes.models import RuleSet
from pathways.programmes.queries import lines, rule_set_in_force, versions_between
from pathways.programmes.shipped import RULE_SETS, read_document, rule_set_files
from pathways.rules import content_hash, parse_rule_set, to_data
from tests.programmes.conftest import TODAY

CODES = {
    "FL": ["FL-2014", "FL-2016", "FL-2022"],
    "BX": ["BX-2014", "BX-2015", "BX-2022", "BX-2024"],
    "WA": ["WA-2014", "WA-2016", "WA-2018", "WA-2025"],
    "DG": ["DG-2018"],
}


@pytest.fixture
def document():
    return to_data(parse_rule_set(read_document(RULE_SETS / "DG-2018.yaml")))


@pytest.fixture
def folder(tmp_path, document):
    """Writes a document as the only rule set of a folder."""

    def write(**changes):
        (tmp_path / "DG-2018.yaml").write_text(yaml.safe_dump({**document, **changes}), encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.django_db
@pytest.mark.parametrize("file", rule_set_files(), ids=lambda file: file.stem)
def test_every_example_of_a_shipped_rule_set_comes_out_as_expected(file):
    document = read_document(file)
    assert [f"{checking.place(document, each)}: {each.message}" for each in checking.problems(document)] == []


@pytest.mark.parametrize("file", rule_set_files(), ids=lambda file: file.stem)
def test_every_shipped_rule_set_has_at_least_five_examples(file):
    assert len(parse_rule_set(read_document(file)).examples) >= 5


def test_the_shipped_rule_sets_are_published(db):
    loaded = load_rule_sets(on=TODAY)
    assert {each.result for each in loaded} == {"published"}
    assert {line.code: [each.code for each in line.rule_sets] for line in lines()} == CODES


def test_loading_again_leaves_unchanged_rule_sets_alone(db, folder):
    load_rule_sets(on=TODAY, directory=folder())
    assert [each.result for each in load_rule_sets(on=TODAY, directory=folder())] == ["unchanged"]
    assert JournalEntry.objects.filter(act="programmes.publish_rule_set").count() == 1


def test_a_changed_rule_set_that_decisions_rest_on_is_refused(db, folder, document, monkeypatch):
    load_rule_sets(on=TODAY, directory=folder())
    monkeypatch.setattr("pathways.programmes.actions.publishing.rests_on", lambda _rule_set: True)
    with pytest.raises(PublicationError, match="DG-2018 is published and decisions rest on it"):
        load_rule_sets(on=TODAY, directory=folder(notes=[]))
    assert RuleSet.objects.get().content == json.loads(json.dumps(document))


def test_in_a_demonstration_a_changed_rule_set_is_replaced(db, folder, monkeypatch):
    load_rule_sets(on=TODAY, directory=folder())
    monkeypatch.setattr("pathways.programmes.actions.publishing.rests_on", lambda _rule_set: True)
    loaded = load_rule_sets(on=TODAY, directory=folder(notes=[]), replace=True)
    assert (loaded[0].result, RuleSet.objects.get().content["notes"]) == ("replaced", [])


def test_a_changed_rule_set_on_which_nothing_rests_is_replaced(db, folder):
    load_rule_sets(on=TODAY, directory=folder())
    load_rule_sets(on=TODAY, directory=folder(notes=[]))
    stored = RuleSet.objects.get()
    assert stored.content_hash == content_hash(parse_rule_set(stored.content))
    assert not rests_on(stored)


def test_the_database_refuses_to_change_or_delete_a_published_rule_set(db, folder):
    load_rule_sets(on=TODAY, directory=folder())
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSet.objects.update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSet.objects.all().delete()


def test_publishing_a_successor_ends_the_version_in_force(db, folder, document):
    load_rule_sets(on=TODAY, directory=folder())
    draft = _draft({**document, "code": "DG-2027", "valid_from": "2027-01-01"})
    publish_rule_set(actor=None, rule_set=draft, on=TODAY)
    first, second = RuleSet.objects.order_by("valid_from")
    assert (first.state, str(first.valid_to), second.state) == ("superseded", "2027-01-01", "published")
    assert rule_set_in_force("DG", on=TODAY) == first
    assert list(versions_between("DG", TODAY, second.valid_from)) == [first]


def test_a_version_whose_examples_fail_is_not_published(db, document):
    wrong = copy.deepcopy(document)
    wrong["examples"][0]["expect"] = {"outcome": "postponed"}
    with pytest.raises(PublicationError, match="examples that fail"):
        publish_rule_set(actor=None, rule_set=_draft(wrong), on=TODAY)


def test_a_version_cannot_begin_before_one_that_is_published(db, folder, document):
    load_rule_sets(on=TODAY, directory=folder())
    draft = _draft({**document, "code": "DG-2010", "valid_from": "2010-01-01"})
    with pytest.raises(PublicationError, match="overlaps DG-2018"):
        publish_rule_set(actor=None, rule_set=draft, on=TODAY)


def test_a_rule_set_is_published_once(db, folder):
    load_rule_sets(on=TODAY, directory=folder())
    with pytest.raises(PublicationError, match="published already"):
        publish_rule_set(actor=None, rule_set=RuleSet.objects.get(), on=TODAY)


def test_publishing_asks_for_new_decisions_once_it_is_committed(
    db, folder, document, settings, django_capture_on_commit_callbacks
):
    load_rule_sets(on=TODAY, directory=folder())
    draft = _draft({**document, "code": "DG-2027", "valid_from": "2027-01-01"})
    with django_capture_on_commit_callbacks() as callbacks:
        publish_rule_set(actor=None, rule_set=draft, on=TODAY)
    assert [callback.__self__.name for callback in callbacks] == [settings.AFTER_PUBLICATION]


def _draft(document):
    rule_set = parse_rule_set(document)
    return RuleSet.objects.create(
        code=rule_set.code,
        line=rule_set.line,
        valid_from=rule_set.valid_from,
        content=to_data(rule_set),
        content_hash=content_hash(rule_set),
    )


# --- The command ----------------------------------------------------------------------------------------------------


def _check(tmp_path, document):
    file, errors = tmp_path / "mine.yaml", StringIO()
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    with pytest.raises(CommandError, match=r"Faulty: mine\.yaml"):
        call_command("rule_sets", "check", str(file), stdout=StringIO(), stderr=errors)
    return errors.getvalue()


def test_checking_names_the_place_of_a_fault(db, tmp_path, document):
    changed = copy.deepcopy(document)
    changed["statuses"][0]["when"] = {"==": [{"var": "shoe_size"}, 43]}
    code = changed["statuses"][0]["code"]
    assert f"mine.yaml /statuses/0 ({code})/when" in _check(tmp_path, changed)


def test_checking_names_the_example_that_fails(db, tmp_path, document):
    changed = copy.deepcopy(document)
    expect = changed["examples"][0]["expect"]
    changed["examples"][0]["expect"] = {"outcome": "entitled" if expect["outcome"] != "entitled" else "obliged"}
    report = _check(tmp_path, changed)
    assert f"/examples/0 ({changed['examples'][0]['name']})/expect/outcome: Expected" in report


def test_checking_a_file_that_is_no_yaml_says_where(db, tmp_path):
    file, errors = tmp_path / "mine.yaml", StringIO()
    file.write_text("code: [", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("rule_sets", "check", str(file), stderr=errors)
    assert "line 1" in errors.getvalue() or "line 2" in errors.getvalue()


@pytest.mark.parametrize(("form", "read"), [("yaml", yaml.safe_load), ("json", json.loads)])
def test_what_is_exported_can_be_read_again(db, folder, document, form, read):
    load_rule_sets(on=TODAY, directory=folder())
    out = StringIO()
    call_command("rule_sets", "export", "DG-2018", format=form, stdout=out)
    assert content_hash(parse_rule_set(read(out.getvalue()))) == content_hash(parse_rule_set(document))


def test_exporting_an_unknown_rule_set_says_so(db):
    with pytest.raises(CommandError, match="XX-1999"):
        call_command("rule_sets", "export", "XX-1999")


def test_exporting_to_a_folder_writes_one_file_each(db, folder, tmp_path):
    load_rule_sets(on=TODAY, directory=folder())
    call_command("rule_sets", "export", "--to", str(tmp_path / "out"))
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["DG-2018.yaml"]


def test_loading_by_command_reports_each_rule_set(db):
    out = StringIO()
    call_command("rule_sets", "load", stdout=out)
    assert "FL-2022: published" in out.getvalue()
