"""A worker that is killed loses no row and doubles none."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from accounts.models import User
from pathways.base.clock import now
from pathways.cases.models import Case, Facts
from pathways.people.models import Person
from pathways.programmes.models import Office
from pathways.registrations import actions, newcomers, tasks
from pathways.registrations.actions import checking, importing
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.queries import STUCK_AFTER, stuck_lists
from pathways.registrations.rows import ReadRow
from pathways.registrations.staging import list_lock
from tests.registrations.conftest import ON
from tests.registrations.samples import make_list

Upload = Callable[..., ListImport]


class Killed(BaseException):
    """Stands for the end of the process: no handler of the application catches it."""


def complete(one: ListImport, rows: int) -> None:
    """Every row stands once, and has one person with one case."""
    one.refresh_from_db()
    assert one.state == "finished"
    assert one.counts["created"] == rows
    assert ListRow.objects.filter(list_import=one, state="created", case__person=None).count() == 0
    assert (Person.objects.count(), Case.objects.count(), Facts.objects.count()) == (rows, rows, rows)
    assert Person.objects.values("national_number").distinct().count() == rows


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "BATCH", 10)
    monkeypatch.setattr(importing, "BATCH", 10)


@pytest.fixture
def started(upload: Upload, counselor: User, antwerp: Office, small_batches: None) -> ListImport:
    one = upload(make_list(rows=35, defects=False, on=ON).csv())
    return actions.start_list(actor=counselor, list_import=one, on=ON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("module", "place"),
    [
        (newcomers, "create_people_of"),
        (newcomers, "open_listed_cases"),
        (importing, "import_rows"),
        (importing, "add_counts"),
    ],
)
@pytest.mark.parametrize("call", [1, 2, 4])
def test_killed_anywhere_in_any_batch_it_goes_on(
    started: ListImport, monkeypatch: pytest.MonkeyPatch, module: ModuleType, place: str, call: int
) -> None:
    calls, real = [0], getattr(module, place)

    def dies(*args: object, **kwargs: object) -> object:
        calls[0] += 1
        if calls[0] == call:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(module, place, dies)
        with pytest.raises(Killed):
            actions.run_list(list_id=started.pk)
    started.refresh_from_db()
    assert started.state == "running"
    actions.run_list(list_id=started.pk)
    complete(started, 35)


@pytest.mark.django_db
def test_killed_while_reading_the_file_it_begins_anew(
    ghent: Office, counselor: User, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = make_list(rows=35, defects=False, on=ON).csv()
    one = actions.upload_list(actor=counselor, office=ghent, file_name="list.csv", content=content, on=ON)
    real = checking.copy_rows

    def dies(list_id: int, rows: Iterable[ReadRow]) -> int:
        if ListRow.objects.filter(list_import=list_id).exists():
            raise Killed
        return real(list_id, rows)

    with monkeypatch.context() as patch:
        patch.setattr(checking, "copy_rows", dies)
        with pytest.raises(Killed):
            actions.check_list(list_id=one.pk)
    actions.check_list(list_id=one.pk)
    one.refresh_from_db()
    assert (one.state, one.rows_total, ListRow.objects.count()) == ("checked", 35, 35)


@pytest.mark.django_db
def test_an_error_stops_the_list_and_it_can_go_on(
    started: ListImport, counselor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_kwargs: object) -> object:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(newcomers, "open_listed_cases", fails)
        with pytest.raises(RuntimeError):
            actions.run_list(list_id=started.pk)
    started.refresh_from_db()
    assert (started.state, started.failure["code"]) == ("failed", "interrupted")
    actions.start_list(actor=counselor, list_import=started, on=ON)
    actions.run_list(list_id=started.pk)
    complete(started, 35)


@pytest.mark.django_db
def test_a_person_created_meanwhile_is_met_in_the_second_try(
    started: ListImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = newcomers.create_people_of, []

    def clashes(**kwargs: Any) -> int:
        calls.append(1)
        if len(calls) == 1:
            raise IntegrityError
        return real(**kwargs)

    monkeypatch.setattr(newcomers, "create_people_of", clashes)
    actions.run_list(list_id=started.pk)
    complete(started, 35)


@pytest.mark.django_db
def test_cancelling_stops_after_the_running_batch(started: ListImport, counselor: User) -> None:
    actions.run_list(
        list_id=started.pk, progress=lambda one: actions.cancel_list(actor=counselor, list_import=one, on=ON) and None
    )
    started.refresh_from_db()
    assert (started.state, Person.objects.count()) == ("cancelled", 10)


@pytest.mark.django_db
def test_only_silent_lists_are_stuck_and_sent_again(started: ListImport) -> None:
    at = now()
    ListImport.objects.update(heartbeat_at=at - STUCK_AFTER + dt.timedelta(seconds=20))
    assert stuck_lists(at=at) == []
    ListImport.objects.update(heartbeat_at=at - STUCK_AFTER - dt.timedelta(seconds=20))
    tasks.resume_stuck_lists()
    complete(started, 35)


@pytest.mark.django_db(transaction=True)
def test_only_one_worker_works_on_a_list(started: ListImport) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(7316001, %s)", [started.pk])
        with list_lock(started.pk) as mine:
            assert not mine
        actions.run_list(list_id=started.pk)
        assert not Person.objects.exists()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(7316001, %s)", [started.pk])
    finally:
        other.close()
    actions.run_list(list_id=started.pk)
    complete(started, 35)


WORKER = """
import sys
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[2]
django.setup()
from pathways.registrations import actions
from pathways.registrations.actions import importing

importing.BATCH = 20
actions.run_list(list_id=int(sys.argv[1]), progress=lambda one: print(one.cursor, flush=True))
"""
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_with_signal_9_is_followed_by_another(upload: Upload, counselor: User, antwerp: Office) -> None:
    one = upload(make_list(rows=400, defects=False, on=ON).csv())
    actions.start_list(actor=counselor, list_import=one, on=ON)
    command = [sys.executable, "-c", WORKER, str(one.pk), str(connection.settings_dict["NAME"])]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.test_settings"}
    for _attempt in range(2):
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        worker.stdout.readline()  # a batch is done
        time.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    one.refresh_from_db()
    assert one.state == "running"
    assert 0 < Person.objects.count() < 400
    _wait_for_lock(one)
    actions.run_list(list_id=one.pk)
    complete(one, 400)


def _wait_for_lock(one: ListImport) -> None:
    """The server notices a killed client when it next talks to it."""
    for _ in range(100):
        with list_lock(one.pk) as mine:
            if mine:
                return
        time.sleep(0.1)
    pytest.fail("the killed worker's lock is still held")
