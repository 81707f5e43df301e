"""`/healthz` says 200 only when everything works, and names what does not."""

import datetime as dt

import pytest

from pathways.base.actions import record_heartbeat
from pathways.base.clock import now
from pathways.base.health import check_health
from pathways.base.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_everything_up_is_200(client):
    record_heartbeat(process="worker", at=now())
    record_heartbeat(process="beat", at=now())
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["down"] == []


def test_silent_processes_are_named(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["down"] == ["beat", "worker"]


def test_a_dead_beat_does_not_make_the_worker_look_dead():
    at = now()
    Heartbeat.objects.create(process="beat", seen_at=at - dt.timedelta(minutes=5))
    Heartbeat.objects.create(process="worker", seen_at=at - dt.timedelta(minutes=5))
    parts = check_health(at)
    assert (parts["beat"], parts["worker"]) == ("silent", "up")


def test_a_worker_that_leaves_heartbeats_unanswered_is_silent():
    at = now()
    Heartbeat.objects.create(process="beat", seen_at=at)
    Heartbeat.objects.create(process="worker", seen_at=at - dt.timedelta(minutes=5))
    assert check_health(at)["worker"] == "silent"
