"""A worker started alone takes its messages from Redis, or from files in folders that it makes itself.

The senders are not made current: whatever is asked of a task later in this process would go to them.
"""

import os
import subprocess
import time
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from celery import Celery
from django.db import connection

from config.runtime import processes
from config.runtime.places import ROOT, Places
from pathways.base.models import Heartbeat

pytestmark = pytest.mark.slow


def database_url() -> str:
    found = connection.settings_dict
    return f"postgresql://{found['USER']}:{found['PASSWORD']}@/{found['NAME']}?host={quote(found['HOST'], safe='')}"


@contextmanager
def worker(data, **more):
    """A worker on a data folder in which there is nothing yet; its log."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PATHWAYS_"))}
    environment.pop("CELERY_BROKER_URL", None)
    environment |= {"DATABASE_URL": database_url(), "PATHWAYS_DEMO": "1", "PATHWAYS_DATA": str(data), **more}
    log = data.with_suffix(".log")
    with log.open("w") as output:
        process = subprocess.Popen(
            processes.worker(), cwd=ROOT, env=environment | {"PATHWAYS_CONCURRENCY": "1"}, stdout=output, stderr=output
        )
    yield log
    process.terminate()
    process.wait(30)


def wait_for(happened, log):
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.1)


@pytest.mark.redis
def test_a_task_sent_through_redis_is_carried_out(redis_url, transactional_db, tmp_path):
    with worker(tmp_path / "data", CELERY_BROKER_URL=redis_url) as log:
        with Celery(broker=redis_url, set_as_current=False) as sender:
            sender.send_task("pathways.base.tasks.heartbeat")
        wait_for(Heartbeat.objects.filter(process="worker").exists, log)


def test_a_task_sent_through_files_is_carried_out_also_where_no_folder_was(transactional_db, tmp_path):
    places = Places(tmp_path / "data")
    with worker(places.data) as log:
        wait_for((places.broker / "queue").is_dir, log)
        folders = dict.fromkeys(("data_folder_in", "data_folder_out"), str(places.broker / "queue"))
        with Celery(broker="filesystem://", set_as_current=False) as sender:
            sender.conf.broker_transport_options = folders | {"control_folder": str(places.broker / "control")}
            sender.send_task("pathways.base.tasks.heartbeat")
        wait_for(Heartbeat.objects.filter(process="worker").exists, log)
