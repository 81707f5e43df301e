"""With `CELERY_BROKER_URL` the same worker takes its messages from Redis."""

import os
import subprocess
import time
from urllib.parse import quote

import pytest
from celery import Celery
from django.db import connection

from config.runtime import processes
from config.runtime.places import ROOT
from pathways.base.models import Heartbeat

pytestmark = [pytest.mark.slow, pytest.mark.redis]


def database_url() -> str:
    found = connection.settings_dict
    return f"postgresql://{found['USER']}:{found['PASSWORD']}@/{found['NAME']}?host={quote(found['HOST'], safe='')}"


@pytest.fixture
def worker(redis_url, transactional_db, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PATHWAYS_"))}
    environment |= {"CELERY_BROKER_URL": redis_url, "DATABASE_URL": database_url(), "PATHWAYS_DEMO": "1"}
    environment |= {"PATHWAYS_DATA": str(tmp_path), "PATHWAYS_CONCURRENCY": "1"}
    log = tmp_path / "worker.log"
    with log.open("w") as output:
        process = subprocess.Popen(processes.worker(), cwd=ROOT, env=environment, stdout=output, stderr=output)
    yield log
    process.terminate()
    process.wait(30)


def test_a_task_sent_through_redis_is_carried_out(worker, redis_url):
    with Celery(broker=redis_url) as sender:
        sender.send_task("pathways.base.tasks.heartbeat")
    until = time.monotonic() + 60
    while not Heartbeat.objects.filter(process="worker").exists():
        assert time.monotonic() < until, worker.read_text()
        time.sleep(0.1)
