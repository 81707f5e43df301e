"""The job: found again, stopped, gone on with after a killed worker; what makes a preview stale; who has read it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from pathways.audit.models import JournalEntry
from pathways.base.clock import now
from pathways.cases.actions import record_facts
from pathways.cases.models import Case, Source
from pathways.previews import tasks
from pathways.previews.actions import cancel_preview, making, read_preview, run_preview, start_preview
from pathways.previews.errors import PreviewRefused
from pathways.previews.models import Preview, PreviewCase
from pathways.previews.queries import STUCK_AFTER, fresh_preview_read_by, staleness, stuck_previews
from pathways.programmes.models import RuleSet
from tests.cases.rule_sets import content, publish
from tests.previews.conftest import MILDER, TODAY, draft


class Killed(BaseException):
    """Stands for the end of the process: no handler of the application catches it."""


@pytest.fixture
def started(crowd, milder, editor) -> Preview:
    crowd()
    return start_preview(actor=editor, rule_set=milder, on=TODAY)


def again(preview: Preview) -> Preview:
    return Preview.objects.get(pk=preview.pk)


def test_the_same_question_under_way_is_the_same_preview(started, milder, editor):
    assert start_preview(actor=editor, rule_set=milder, on=TODAY) == started
    assert JournalEntry.objects.filter(act="previews.start_preview").count() == 1


def test_a_killed_worker_loses_nothing_and_counts_nobody_twice(started, monkeypatch):
    run_preview(preview_id=started.pk)
    whole = again(started)
    expected = (whole.matrix, whole.figures, set(whole.cases.values_list("case", "becomes")))
    Preview.objects.filter(pk=started.pk).update(state="waiting", matrix=[], figures={})
    PreviewCase.objects.all().delete()
    monkeypatch.setattr(making, "PART", 9)
    steps = iter(range(1000))

    def killed_at(kill: int, work):
        def step(preview):
            if next(steps) == kill:
                raise Killed
            return work(preview)

        return step

    for name in ("_count", "_list"):
        with monkeypatch.context() as patch:
            patch.setattr(making, name, killed_at(2, getattr(making, name)))
            steps = iter(range(1000))
            with pytest.raises(Killed):
                run_preview(preview_id=started.pk)
        assert again(started).state in Preview.UNDER_WAY
    run_preview(preview_id=started.pk)
    found = again(started)
    assert (found.matrix, found.figures, set(found.cases.values_list("case", "becomes"))) == expected


def test_a_preview_without_a_sign_of_life_is_sent_again(started):
    Preview.objects.filter(pk=started.pk).update(state="counting", heartbeat_at=now() - STUCK_AFTER * 2)
    assert stuck_previews(at=now()) == [started]
    run_preview(preview_id=started.pk)
    assert stuck_previews(at=now() + dt.timedelta(days=1)) == []


def test_a_stopped_preview_keeps_no_case(started, editor, monkeypatch):
    monkeypatch.setattr(making, "PART", 9)
    step = making._step

    def stop_while_listing(preview_id):
        more = step(preview_id)
        if PreviewCase.objects.exists():
            cancel_preview(actor=editor, preview=started, on=TODAY)
        return more

    monkeypatch.setattr(making, "_step", stop_while_listing)
    run_preview(preview_id=started.pk)
    assert again(started).state == "cancelled"
    assert not PreviewCase.objects.exists()


def test_a_part_that_was_being_worked_on_when_it_was_stopped_is_dropped(started, monkeypatch):
    work = making._list

    def stopped_meanwhile(preview):
        changed = work(preview)
        Preview.objects.filter(pk=preview.pk).update(state="cancelled")
        return changed

    monkeypatch.setattr(making, "_list", stopped_meanwhile)
    run_preview(preview_id=started.pk)
    assert not PreviewCase.objects.exists()


def test_running_a_finished_preview_changes_nothing(started):
    tasks.run_preview(started.pk)
    before = again(started).finished_at
    tasks.run_preview(started.pk)
    assert again(started).finished_at == before


def test_an_error_is_kept_and_told(started, monkeypatch):
    monkeypatch.setattr(making, "_count", lambda _preview: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_preview(preview_id=started.pk)
    assert (again(started).state, again(started).failure) == ("failed", "interrupted")


def test_what_cannot_be_published_has_no_preview(rules, crowd):
    late = draft(content("FL", since="2013-01-01"), code="2098")
    with pytest.raises(PreviewRefused, match="Publication would be refused"):
        start_preview(actor=None, rule_set=late, on=TODAY)
    with pytest.raises(PreviewRefused, match="published already"):
        start_preview(actor=None, rule_set=rules["FL"], on=TODAY)
    RuleSet.objects.filter(pk=late.pk).update(content={"code": "?"})
    with pytest.raises(PreviewRefused, match="faults"):
        start_preview(actor=None, rule_set=late, on=TODAY)


def test_only_the_newest_preview_keeps_its_cases(started, milder, editor):
    run_preview(preview_id=started.pk)
    assert again(started).cases.exists()
    newer = start_preview(actor=editor, rule_set=milder, on=TODAY)
    run_preview(preview_id=newer.pk)
    assert (again(started).cases.exists(), newer.cases.exists()) == (False, True)
    assert again(started).figures == again(newer).figures


@pytest.fixture
def read(started, editor) -> Preview:
    run_preview(preview_id=started.pk)
    read_preview(actor=editor, preview=started, on=TODAY)
    return again(started)


def test_who_has_read_the_preview_of_the_draft_as_it_is_may_propose(read, milder, editor, counselor):
    assert fresh_preview_read_by(milder, editor) == read
    assert fresh_preview_read_by(milder, counselor) is None


def test_a_changed_draft_needs_another_reading(read, milder, editor):
    milder.content = content("FL", since="2026-01-01", statuses=MILDER[1:])
    assert staleness(read, milder).draft
    assert fresh_preview_read_by(milder, editor) is None


def test_another_publication_needs_another_reading(read, milder, editor):
    RuleSet.objects.filter(code="WA-2014").update(valid_to=dt.date(2026, 1, 1), state="superseded")
    publish(content("WA", since="2026-01-01"))
    assert staleness(read, milder).rules
    assert fresh_preview_read_by(milder, editor) is None


def test_changed_facts_are_told_and_after_a_day_need_another_reading(read, milder, editor, counselor):
    record_facts(
        actor=counselor,
        case=Case.objects.first(),
        facts={"permit_months": 24},
        source=Source.MUNICIPALITY_LIST,
        on=TODAY,
    )
    assert (staleness(read, milder).facts, staleness(read, milder).draft) == (True, False)
    assert fresh_preview_read_by(milder, editor) == read
    Preview.objects.update(finished_at=now() - dt.timedelta(days=2))
    assert fresh_preview_read_by(milder, editor) is None


def test_a_preview_writes_nothing_in_the_cases(started):
    names = ("cases_case", "cases_facts", "cases_decision", "cases_decisionrecord")

    def contents() -> list[object]:
        with connection.cursor() as cursor:
            found = []
            for name in names:
                cursor.execute(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {name} t")
                found.append(cursor.fetchone())
        return found

    before = contents()
    run_preview(preview_id=started.pk)
    assert contents() == before
