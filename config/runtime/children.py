"""A child process that is started again when it dies, and stopped together with everything it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.runtime.places import ROOT
from config.runtime.postgres import die_with_parent

STEADY = 10.0  # seconds after which a child counts as running well
LONGEST_WAIT = 15.0
LOG_LIMIT = 10 << 20

Start = Callable[[Path], "subprocess.Popen[bytes]"]


def spawn(command: list[str], environment: Mapping[str, str]) -> Start:
    """How to start `command` in the project's folder, in a process group of its own, dying with the supervisor."""

    def start(log: Path) -> subprocess.Popen[bytes]:
        with log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603
                command,
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(signal.SIGTERM),
            )

    return start


@dataclass
class Child:
    """One watched process."""

    name: str
    begin: Start
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait: float = field(default=0.0)
    due_at: float = 0.0

    def start(self) -> None:
        """Start the process; its output goes to its log, of which one earlier file is kept."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".1.log"))
        self.process = self.begin(self.log)
        self.started_at = time.monotonic()

    def watch(self, say: Callable[[str], None]) -> None:
        """Start the process again if it died; the pause grows while it keeps dying at once."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            self.sweep(signal.SIGKILL)
            self.wait = 0.3 if now - self.started_at > STEADY else min(LONGEST_WAIT, max(0.3, self.wait * 2))
            self.due_at = now + self.wait
            self.process = None
            say(f"{self.name} ended ({describe_end(code)}); starting it again. Its last words: {self.log}")
        if self.process is None and now >= self.due_at:
            self.start()

    def sweep(self, number: signal.Signals) -> None:
        """Send a signal to all that is left of the process group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def ask_to_stop(self) -> None:
        """Ask the process to finish what it does and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def stopped(self, *, seconds: float) -> bool:
        """Wait for the end, then remove what is left; whether it ended by itself."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(0.1, seconds))
        except subprocess.TimeoutExpired:
            self.sweep(signal.SIGKILL)
            self.process.wait(5)
            return False
        self.sweep(signal.SIGKILL)
        return True


def describe_end(code: int) -> str:
    """An exit code in words."""
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"
