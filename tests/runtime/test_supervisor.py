"""`make run` on a data folder of its own: it comes up, survives kill -9 of each part, and leaves nothing behind."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.runtime.places import ROOT, Places
from tests.fixtures.services import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("supervisor")]


def start(data: Path, port: int) -> subprocess.Popen[str]:
    """`make run` without the installation of packages."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PATHWAYS_"))}
    environment |= {"PATHWAYS_DATA": str(data), "PORT": str(port), "PATHWAYS_DEMO": "0", "PATHWAYS_CONCURRENCY": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "config.runtime", "run"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def health(port: int) -> dict:
    """What `/healthz` answers now; a web server that does not answer is down."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException):
        return {"down": ["web"]}
    finally:
        connection.close()


def wait_for(port: int, *, up: bool, process: subprocess.Popen[str], seconds: float = 120) -> dict:
    """Wait until everything is up, or until something is not."""
    until = time.monotonic() + seconds
    while bool((state := health(port))["down"]) is up:
        assert process.poll() is None, process.stdout.read()
        assert time.monotonic() < until, state
        time.sleep(0.1)
    return state


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    data, port = tmp_path_factory.mktemp("installation"), free_port()
    process = start(data, port)
    try:
        wait_for(port, up=True, process=process)
        yield process, port, data
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def child(process: subprocess.Popen[str], word: str) -> psutil.Process:
    """The direct child of the supervisor with `word` on its command line."""
    return next(one for one in psutil.Process(process.pid).children() if word in one.cmdline())


@pytest.mark.parametrize("word", ["gunicorn", "worker", "beat", "-D"])
def test_a_killed_part_comes_back(installation, word):
    process, port, _data = installation
    wait_for(port, up=True, process=process)
    before = child(process, word)
    before.kill()
    before.wait(10)
    time.sleep(0.5)
    wait_for(port, up=True, process=process)
    assert child(process, word).pid != before.pid


def test_a_second_start_on_the_same_data_is_refused(installation):
    _process, _port, data = installation
    second = start(data, free_port())
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "already runs" in said


def test_a_taken_port_is_said_before_anything_heavy(installation, tmp_path):
    _process, port, _data = installation
    second = start(tmp_path / "fresh", port)
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"Port {port} is taken" in said
    assert f"make run PORT={port + 1}" in said
    assert not (tmp_path / "fresh" / "postgres").exists()


def test_the_database_socket_belongs_to_the_server_alone(installation):
    *_rest, data = installation
    assert Places(data.resolve()).socket.stat().st_mode & 0o777 == 0o700


def test_ctrl_c_stops_everything_and_the_next_start_keeps_the_data(tmp_path):
    port = free_port()
    for _start in range(2):
        process = start(tmp_path, port)
        wait_for(port, up=True, process=process)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
        assert not [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert "Tables" not in said
