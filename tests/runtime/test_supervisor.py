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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from config.runtime.places import ROOT, Places, places_of_tests
from config.runtime.postgres import Server
from pathways.base.clock import today
from pathways.registrations.actions.importing import BATCH
from pathways.registrations.queries import STUCK_AFTER
from tests.fixtures.services import free_port
from tests.registrations.samples import Sample, make_list
from tests.runtime.visitor import Visitor

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


def environment(data: Path, port: int) -> dict[str, str]:
    """What the processes of an installation on `data` are given."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PATHWAYS_"))}
    own.pop("DATABASE_URL", None)
    return own | {"PATHWAYS_DATA": str(data), "PORT": str(port), "PATHWAYS_DEMO": "0", "PATHWAYS_CONCURRENCY": "1"}


@contextmanager
def started(data: Path, port: int) -> Iterator[Run]:
    """A supervisor on `data` and `port`, ended with the block."""
    command = [sys.executable, "-m", "config.runtime", "run"]
    output = data.with_name(f"{data.name}.{port}.out")
    with output.open("w") as screen:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(data, port), stdout=screen, stderr=screen)
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


HIRE = """
from accounts.actions import add_membership, create_user
from accounts.models import Organisation
from pathways.base.clock import today
user = create_user(actor=None, email="lotte@example.be", full_name="Lotte", password="a long sentence", on=today())
office = Organisation.objects.get(code="amal")
add_membership(actor=None, user=user, role="counselor", organisation=office, on=today())
"""
AFTERWARDS = """
    SELECT (SELECT count(*) FROM people_person), (SELECT count(DISTINCT national_number) FROM people_person),
        (SELECT count(DISTINCT person_id) FROM cases_case), (SELECT count(*) FROM cases_case),
        (SELECT count(*) FROM cases_facts), (SELECT count(*) FROM cases_decision),
        (SELECT count(*) FROM cases_decisionrecord),
        (SELECT count(DISTINCT case_id) FROM registrations_listrow WHERE state = 'created')
"""


@pytest.fixture
def counselor(installation: Run) -> Visitor:
    """A counselor of Ghent, signed in over HTTP."""
    wait_until_up(installation)
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", HIRE]
    subprocess.run(command, cwd=ROOT, env=environment(installation.data, installation.port), check=True)
    visitor = Visitor(installation.port)
    visitor.send("/accounts/login/", {"login": "lotte@example.be", "password": "a long sentence"})
    return visitor


def ask(run: Run, query: str) -> tuple[Any, ...]:
    """One row of the installation's database."""
    with psycopg.connect(Server(Places(run.data.resolve())).url) as connection:
        return connection.execute(query).fetchone() or ()


def until(found: Callable[[], bool], *, seconds: float = 120, pause: float = 0.3) -> None:
    """Wait until `found()`."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(pause)


def bring_in(run: Run, visitor: Visitor, sample: Sample) -> str:
    """Upload the list, and start it after its check; its address. A first batch is imported when this returns."""
    visitor.send_file("/desk/lists/new/", "file", sample.csv())
    address = visitor.address
    until(lambda: "What importing this list will do" in visitor.read(address))
    visitor.send(address, {}, to=f"{address}start/")
    until(lambda: ask(run, "SELECT cursor FROM registrations_listimport")[0] > 0, pause=0.01)
    return address


def kill_everything(run: Run) -> None:
    """SIGKILL web server, worker and PostgreSQL, each with the processes it started."""
    for process in [child(run, word) for word in ("worker", "gunicorn", "-D")]:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def test_killed_in_the_middle_of_an_import_nothing_is_lost_or_doubled(installation, counselor):
    sample = make_list(rows=BATCH + 2000, on=today())
    address = bring_in(installation, counselor, sample)
    kill_everything(installation)
    wait_until_up(installation)
    new = len(sample.rows) - len(sample.defects)
    assert ask(installation, "SELECT count(*) FROM people_person")[0] < new
    # Two minutes of silence pass.
    silence = (
        f"UPDATE registrations_listimport SET heartbeat_at = heartbeat_at - interval '{STUCK_AFTER}' RETURNING state"
    )
    assert ask(installation, silence) == ("running",)
    until(lambda: "What became of the rows" in counselor.read(address))
    report = counselor.read(address)
    assert f'<dt>People created</dt><dd class="pw-num">{new:,}</dd>' in report
    assert f"{len(sample.defects):,} rows are refused" in report
    assert set(ask(installation, AFTERWARDS)) == {new}
