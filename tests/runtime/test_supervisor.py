"""`make run` on a data folder of its own: it comes up, survives kill -9 of each part, and leaves nothing behind."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from config.runtime.places import ROOT, Places, places_of_tests
from tests.fixtures.services import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("supervisor")]


@dataclass
class Run:
    """A `make run` without the installation of packages."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path
    output: Path

    @property
    def said(self) -> str:
        return self.output.read_text()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def started(data: Path, port: int) -> Iterator[Run]:
    """A supervisor on `data` and `port`, ended with the block."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PATHWAYS_"))}
    environment |= {"PATHWAYS_DATA": str(data), "PORT": str(port), "PATHWAYS_DEMO": "0", "PATHWAYS_CONCURRENCY": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "config.runtime", "run"]
    output = data.with_name(f"{data.name}.{port}.out")
    with output.open("w") as screen:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=screen, stderr=screen)
    run = Run(process, port, data, output)
    try:
        yield run
    finally:
        run.end()


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


def wait_until_up(run: Run, *, seconds: float = 120) -> None:
    """Wait until `/healthz` says that everything works."""
    until = time.monotonic() + seconds
    while (state := health(run.port))["down"]:
        assert run.process.poll() is None, run.said
        assert time.monotonic() < until, (state, run.said)
        time.sleep(0.1)


def child(run: Run, word: str) -> psutil.Process:
    """The direct child of the supervisor with `word` on its command line."""
    return next(one for one in psutil.Process(run.process.pid).children() if word in one.cmdline())


@contextmanager
def new_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may reach, which pytest's temporary ones do not grant."""
    places_of_tests().data.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=places_of_tests().data))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
    shutil.rmtree(Path("/var/tmp") / f"pathways-{Places(folder / 'data').key}", ignore_errors=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    with new_folder() as path:
        yield path


@dataclass
class FirstRun:
    """What remained of a first start that Ctrl-C ended."""

    data: Path
    exit_code: int
    said: str
    left_behind: list[psutil.Process]


@pytest.fixture(scope="module")
def first_run() -> Iterator[FirstRun]:
    with new_folder() as path, started(path / "data", free_port()) as run:
        wait_until_up(run)
        family = psutil.Process(run.process.pid).children(recursive=True)
        code = run.end(signal.SIGINT)
        left = [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
        yield FirstRun(run.data, code, run.said, left)


@pytest.fixture(scope="module")
def installation(first_run) -> Iterator[Run]:
    """A second start on the same data, running."""
    with started(first_run.data, free_port()) as run:
        wait_until_up(run)
        yield run


def test_ctrl_c_stops_everything(first_run):
    assert (first_run.exit_code, first_run.left_behind) == (0, []), first_run.said


def test_the_next_start_keeps_the_data(first_run, installation):
    assert ["Tables" in said for said in (first_run.said, installation.said)] == [True, False]


@pytest.mark.parametrize("word", ["gunicorn", "worker", "beat", "-D"], ids=["web", "worker", "beat", "postgres"])
def test_a_killed_part_comes_back(installation, word):
    wait_until_up(installation)
    before = child(installation, word)
    before.kill()
    before.wait(10)
    time.sleep(1)
    wait_until_up(installation)
    assert child(installation, word).pid != before.pid


def test_a_second_start_on_the_same_data_is_refused(installation):
    with started(installation.data, free_port()) as second:
        assert second.process.wait(60) == 1
        assert "already runs" in second.said


def test_a_taken_port_is_said_before_anything_heavy(installation, folder):
    port = installation.port
    with started(folder / "data", port) as second:
        assert second.process.wait(60) == 1
        assert f"Port {port} is taken" in second.said
        assert f"make run PORT={port + 1}" in second.said
    assert not (folder / "data" / "postgres").exists()


def test_the_database_socket_belongs_to_the_server_alone(installation):
    assert Places(installation.data.resolve()).socket.stat().st_mode & 0o777 == 0o700
