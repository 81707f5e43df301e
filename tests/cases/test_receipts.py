"""Every decision can be replayed, and a record that was touched is found."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models.functions import Now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.cases.actions import record_facts
from pathways.cases.deciding import redecide_all
from pathways.cases.deciding.replaying import Chosen, replay_records
from pathways.cases.deciding.verifying import broken_receipts, seal_of_records
from pathways.cases.models import Decision, DecisionRecord
from pathways.programmes.models import RuleSet
from tests.cases.conftest import TODAY
from tests.cases.rule_sets import content, publish

DAY = dt.timedelta(days=1)


@pytest.fixture
def history(new_case, person, counselor):
    """Three cases, one of them decided three times."""
    first = new_case(register=None)
    record_facts(actor=counselor, case=first, facts={"register": "foreigners"}, source="document", on=TODAY + DAY)
    record_facts(actor=counselor, case=first, facts={"belgian_diploma": True}, source="document", on=TODAY + 2 * DAY)
    return [first, new_case(person("B")), new_case(person("C"), nationality="FR")]


def touched(statement: str, *params: object) -> None:
    """Change records as somebody could who is master of the database."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_decisionrecord DISABLE TRIGGER USER")
        cursor.execute(statement, params)
        cursor.execute("ALTER TABLE cases_decisionrecord ENABLE TRIGGER USER")


def faults() -> list[tuple[str, int, str]]:
    return [(one.case, one.number, one.fault) for one in broken_receipts()]


def test_records_are_numbered_and_each_holds_the_receipt_before_it(history):
    records = list(DecisionRecord.objects.filter(case=history[0]).order_by("number"))
    assert [one.number for one in records] == [1, 2, 3]
    assert [one.previous for one in records] == [None, records[0].receipt, records[1].receipt]
    assert Decision.objects.get(pk=history[0]).records == 3


def test_what_nobody_touched_is_whole(history):
    assert faults() == []


def second_version() -> None:
    """From the day after tomorrow nobody is obliged any more."""
    RuleSet.objects.filter(code="FL-2014").update(valid_to=TODAY + 2 * DAY, state="superseded")
    nobody = [{"code": "otherwise", "outcome": "not_targeted", "when": True}]
    rule_set = publish(content(since=str(TODAY + 2 * DAY), statuses=nobody, duty_selector=["on"]))
    RuleSet.objects.filter(pk=rule_set.pk).update(published_at=Now())


def test_records_before_and_after_a_publication_come_out_as_they_did(history):
    second_version()
    redecide_all(on=TODAY + 3 * DAY)
    assert set(Decision.objects.values_list("rule", flat=True)) == {"otherwise"}
    assert list(replay_records(Chosen())) == []
    assert faults() == []


def test_an_emergency_end_is_replayed_as_it_happened(history, counselor):
    second_version()
    redecide_all(on=TODAY + 3 * DAY)
    RuleSet.objects.filter(code__startswith="FL-2026").update(state="ended", ended_at=Now())
    RuleSet.objects.filter(code="FL-2014").update(valid_to=None, state="published")
    assert redecide_all(on=TODAY + 4 * DAY) == 3
    assert list(replay_records(Chosen())) == []
    assert faults() == []


def test_replaying_counts_every_record(history):
    heard = []
    assert list(replay_records(Chosen(), progress=lambda done, of: heard.append((done, of)))) == []
    assert heard[-1] == (5, 5)


def test_a_sample_and_a_programme_narrow_what_is_replayed(history):
    heard = []
    for chosen in (Chosen(sample=2), Chosen(programme="flanders-inburgering"), Chosen(programme="wallonia-parcours")):
        list(replay_records(chosen, progress=lambda done, of: heard.append(of)))
    assert (set(heard), heard[0], heard[-1]) == ({2, 5}, 2, 5)


@pytest.mark.parametrize(
    ("column", "value", "changed"),
    [
        ("outcome", "'exempt'", "outcome"),
        ("facts", 'facts || \'{"nationality": "FR", "nationality_group": "eu"}\'', "rule"),
    ],
)
def test_replaying_finds_what_does_not_follow_from_its_facts(history, column, value, changed):
    touched(f"UPDATE cases_decisionrecord SET {column} = {value} WHERE case_id = %s AND number = 2", history[0].pk)
    found = list(replay_records(Chosen()))
    assert {(one.case, one.number) for one in found} == {(history[0].reference, 2)}
    assert changed in {one.column for one in found}


COLUMNS = [field.column for field in DecisionRecord._meta.concrete_fields if field.name not in {"id", "case"}]
OTHER = {
    "IntegerField": "coalesce({0}, 0) + 1",
    "DateField": "coalesce({0}, '2026-01-01') + 1",
    "DateTimeField": "{0} + interval '1 microsecond'",
    "JSONField": "{0} || '{{\"age\": 1}}'",
    "ArrayField": "coalesce({0}, ARRAY[]::text[]) || ''::text",
    "BinaryField": "set_byte(coalesce({0}, ''::bytea || sha256('x')), 3, get_byte(coalesce({0}, sha256('x')), 3) # 1)",
    "ForeignKey": "coalesce({0}, 0) + 1",
    "CharField": "CASE WHEN {0} = 'x' THEN 'y' ELSE 'x' END",
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(column=st.sampled_from(COLUMNS), number=st.integers(1, 3))
def test_one_changed_value_is_found_wherever_it_is(history, column, number):
    kind = DecisionRecord._meta.get_field(column.removesuffix("_id")).get_internal_type()
    with transaction.atomic():
        change = OTHER[kind].format(f'"{column}"')
        where = "WHERE case_id = %s AND number = %s"
        change = "number + 10" if column == "number" else change
        touched(f'UPDATE cases_decisionrecord SET "{column}" = {change} {where}', history[0].pk, number)
        found = faults()
        transaction.set_rollback(True)
    assert found
    assert {case for case, _, _ in found} == {history[0].reference}


@pytest.mark.parametrize(
    ("number", "fault"), [(1, "inserted_or_removed"), (2, "inserted_or_removed"), (3, "end_missing")]
)
def test_a_record_taken_out_is_found(history, number, fault):
    touched("DELETE FROM cases_decisionrecord WHERE case_id = %s AND number = %s", history[0].pk, number)
    assert fault in {kind for _, _, kind in faults()}


def test_a_record_put_in_is_found(history):
    names = ", ".join(f'"{name}"' for name in COLUMNS if name not in {"number", "recorded_at"})
    touched(
        f"INSERT INTO cases_decisionrecord (case_id, number, recorded_at, {names}) "
        f"SELECT case_id, 4, now(), {names} FROM cases_decisionrecord WHERE case_id = %s AND number = 3",
        history[0].pk,
    )
    assert (history[0].reference, 4, "altered") in faults()


def test_the_seal_changes_with_any_new_record_and_with_nothing_else(history, counselor):
    before = seal_of_records()
    assert seal_of_records() == before
    record_facts(actor=counselor, case=history[1], facts={"belgian_diploma": True}, source="document", on=TODAY + DAY)
    assert (seal_of_records().records, before.records) == (6, 5)
    assert seal_of_records().digest != before.digest


def told(*words: str) -> str:
    out = StringIO()
    call_command("decisions", *words, stdout=out, stderr=out)
    return out.getvalue()


def test_the_commands_say_what_they_did(history):
    assert "5 records decided again, 0 differences." in told("replay", "--all")
    assert "5 records of 3 cases, 0 faults." in told("verify")
    assert "0 faults" in told("verify", "--seal", seal_of_records().digest)


def test_the_commands_fail_where_something_was_touched(history):
    touched("UPDATE cases_decisionrecord SET outcome = 'exempt' WHERE case_id = %s AND number = 1", history[1].pk)
    with pytest.raises(CommandError, match="1 faults"):
        told("verify")
    with pytest.raises(CommandError, match="1 differences"):
        told("replay", "--all")
    with pytest.raises(CommandError, match="The seal noted was abc"):
        told("verify", "--seal", "abc")
