"""The command lines of web server, worker and beat: the same under the supervisor and in a container."""

from __future__ import annotations

import os
import sys

from config.runtime.places import places

MODULE = [sys.executable, "-m"]


def concurrency() -> int:
    """Processes per kind: one for each processor, two to four."""
    return int(os.environ.get("PATHWAYS_CONCURRENCY") or max(2, min(4, os.cpu_count() or 2)))


def environment() -> dict[str, str]:
    """What the processes are given: ours, without Celery repeating the checks that `make check` made."""
    return os.environ | {"CELERY_SKIP_CHECKS": "1"}


def web(host: str, port: int) -> list[str]:
    """Gunicorn with threads; the application is loaded once and shared by its processes."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = ["--bind", address, "--worker-class", "gthread", "--workers", str(concurrency()), "--threads", "4"]
    options += ["--preload", "--no-control-socket", "--graceful-timeout", "10", "--timeout", "60"]
    options += ["--max-requests", "5000", "--max-requests-jitter", "500", "--log-level", "warning"]
    return [*MODULE, "gunicorn", "config.wsgi", *options]


def worker() -> list[str]:
    """A Celery worker; it need not find others, so it starts at once."""
    options = ["--loglevel", "WARNING", "--concurrency", str(concurrency()), "--max-tasks-per-child", "500"]
    return [*MODULE, "celery", "-A", "config", "worker", *options, "--without-mingle", "--without-gossip"]


def beat() -> list[str]:
    """The timetable's clock; exactly one per installation."""
    schedule = places().data / "beat-schedule"
    options = ["--loglevel", "WARNING", "--pidfile=", "--schedule", str(schedule)]
    return [*MODULE, "celery", "-A", "config", "beat", *options]


def manage(*arguments: str) -> list[str]:
    """One of Django's management commands."""
    return [sys.executable, "manage.py", *arguments]
