"""`make run`: prepares the installation; starts, watches and cleanly stops PostgreSQL, web, worker and beat."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

import psycopg

from config.runtime import processes
from config.runtime.children import Child, spawn
from config.runtime.places import Places
from config.runtime.postgres import Server
from config.runtime.preparing import prepare, stale

READY_WITHIN = 120.0  # seconds; a cold machine is slow
PATIENCE = 20.0  # seconds that web, worker and beat get to finish their work


class Interrupted(Exception):  # noqa: N818  no error: somebody asked
    """Somebody asked to stop while the installation was being prepared."""


class StartError(Exception):
    """The installation cannot start; the message says why and what to do."""


@dataclass
class Supervisor:
    """All processes of one installation on this machine."""

    places: Places
    port: int
    host: str = "127.0.0.1"
    say: Callable[[str], None] = print
    database_url: str = ""
    stopping: bool = False
    preparing: bool = False
    children: list[Child] = field(default_factory=list)
    _lock: IO[str] | None = None
    _server: Server | None = None

    def run(self) -> int:
        """Start everything, stay until asked to stop, stop everything; the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        began = time.monotonic()
        try:
            self.claim()
            self.start_parts()
            self.wait_until_up()
            if not self.stopping:
                self.say(f"Ready after {time.monotonic() - began:.1f} seconds.")
                self.greet()
            while not self.stopping:
                self.watch()
                time.sleep(0.2)
        except Interrupted:
            self.say("Interrupted; the next start goes on from here.")
        finally:
            self.stop()
        return 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True
        if self.preparing:
            self.preparing = False
            raise Interrupted

    def claim(self) -> None:
        """Take port and data folder, or say who has them, before anything heavy begins."""
        with socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise StartError(
                    f"Port {self.port} is taken ({error.strerror}). Choose another one: make run PORT={self.port + 1}"
                ) from error
        self.places.data.mkdir(parents=True, exist_ok=True)
        self._lock = (self.places.data / "running").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StartError(f"Pathways already runs on the data in {self.places.data}.") from error

    def start_parts(self) -> None:
        """Bring everything up to date, then start all parts; where nothing is to be done, all at once."""
        identity = self.start_database() if not self.database_url else None
        demo = os.environ.get("PATHWAYS_DEMO") == "1"
        ready = not stale(self.places, database=identity, demo=demo)
        if ready:
            self.start_processes()  # they take longer to load than PostgreSQL to answer
        if self._server:
            self._server.wait_ready()
            self._server.ensure_database()
        with suppress(psycopg.Error), psycopg.connect(self.database_url) as connection:
            connection.execute("DELETE FROM base_heartbeat")  # those of an earlier start prove nothing
        if not ready:
            self.preparing = True
            prepare(self.places, database=identity, say=self.say, demo=demo)
            self.preparing = False
            self.start_processes()

    def start_database(self) -> str:
        """Start the embedded PostgreSQL; its identity."""
        self._server = server = Server(self.places, say=self.say)
        self.say("PostgreSQL")
        server.stop()  # one left behind by a start that was killed
        server.prepare()
        database = Child("PostgreSQL", server.popen, self.places.logs / "postgres.log", signal.SIGINT)
        database.start()
        self.children.append(database)
        self.database_url = server.url
        return server.identity

    def start_processes(self) -> None:
        """Start web server, worker and beat."""
        self.places.media.mkdir(parents=True, exist_ok=True)
        commands = {"web": processes.web(self.host, self.port), "worker": processes.worker(), "beat": processes.beat()}
        self.say(f"Web server, worker, timetable (logs: {self.places.logs})")
        for name, command in commands.items():
            child = Child(name, spawn(command, processes.environment()), self.places.logs / f"{name}.log")
            child.start()
            self.children.append(child)

    def watch(self) -> None:
        """Start again whatever died."""
        for child in self.children:
            child.watch(self.say)

    def wait_until_up(self) -> None:
        """Wait until `/healthz` says that everything works; StartError names what does not."""
        until = time.monotonic() + READY_WITHIN
        down = ["web"]
        while not self.stopping:
            self.watch()
            down = self.parts_down()
            if not down:
                return
            if time.monotonic() > until:
                raise StartError(f"Not up after {READY_WITHIN:.0f} seconds: {', '.join(down)}. See {self.places.logs}.")
            time.sleep(0.1)

    def parts_down(self) -> list[str]:
        """What `/healthz` says is not up."""
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104
        connection = http.client.HTTPConnection(host, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            down: list[str] = json.loads(connection.getresponse().read())["down"]
        except (OSError, ValueError, KeyError, http.client.HTTPException):
            return ["web"]
        finally:
            connection.close()
        return down

    def greet(self) -> None:
        """Print the address, and in demo mode who can sign in."""
        self.say(f"Pathways:  http://localhost:{self.port}/")
        for line in demo_sign_ins(self.database_url) if os.environ.get("PATHWAYS_DEMO") == "1" else []:
            self.say(line)
        self.say("Ctrl-C stops it.")

    def stop(self) -> None:
        """Stop web, worker and beat together, then PostgreSQL; nothing is left behind."""
        if self.children:
            self.say("Stopping …")
        started = [child for child in self.children if child.process is not None]
        database = [child for child in started if child.name == "PostgreSQL"]
        others = [child for child in started if child.name != "PostgreSQL"]
        for group in (others, database):
            until = time.monotonic() + PATIENCE
            for child in group:
                child.ask_to_stop()
            for child in group:
                if not child.stopped(seconds=until - time.monotonic()):
                    self.say(f"{child.name} did not end by itself and was stopped.")
        if self.children:
            self.say("Stopped.")
        self.children.clear()
        with suppress(OSError):
            self.places.socket.rmdir()
        if self._lock:
            self._lock.close()


SIGN_INS = """
    SELECT account.email, membership.role FROM accounts_user account
    JOIN accounts_membership membership ON membership.user_id = account.id
    WHERE account.email LIKE %s ORDER BY membership.id
"""


def demo_sign_ins(database_url: str) -> list[str]:
    """The lines that tell who can sign in to the demo world."""
    with suppress(psycopg.Error), psycopg.connect(database_url) as connection:
        rows = connection.execute(SIGN_INS, ["%@demo.example"]).fetchall()
        return ["Sign in with password pathways-demo as:", *(f"  {email:<36} {role}" for email, role in rows)]
    return []


def run(places: Places) -> int:
    """Run the installation of the environment: PORT, HOST, DATABASE_URL."""
    os.environ.setdefault("PATHWAYS_DEMO", "1")
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StartError(f"PORT must be a number from 1 to 65535, not {port!r}.")

    def say(line: str) -> None:
        print(f"  · {line}", flush=True)

    database = os.environ.get("DATABASE_URL", "")
    return Supervisor(places, int(port), os.environ.get("HOST") or "127.0.0.1", say, database).run()
