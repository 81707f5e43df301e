"""What must be in place before the processes start: tables, reference data, rule sets, static files, texts, demo world.

Each step is a management command and leaves a stamp: a hash of the files it reads. A step whose stamp is true is
skipped, which is what makes the second start fast.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from config.runtime import processes
from config.runtime.places import ROOT, Places

Say = Callable[[str], None]
UNBUFFERED = {"PYTHONUNBUFFERED": "1"}


class PreparationError(Exception):
    """A step failed; the message holds its last words."""


@dataclass(frozen=True)
class Step:
    """One management command, the files it is made from, and whether its result lives in the database."""

    title: str
    command: tuple[str, ...]
    made_from: tuple[str, ...]
    in_database: bool = True
    demo_only: bool = False

    @property
    def known(self) -> bool:
        """Whether the command exists: Django brings its own, a floor may not be built yet."""
        name = self.command[0]
        return name in {"migrate", "collectstatic"} or any(ROOT.glob(f"pathways/*/management/commands/{name}.py"))

    def files(self) -> Iterable[Path]:
        """The files it is made from."""
        return sorted({file for pattern in self.made_from for file in ROOT.glob(pattern) if file.is_file()})


# Parts of packages that no page loads; compressing them would take most of the time.
UNUSED_STATIC = tuple(f"--ignore={name}" for name in ("rest_framework", "django_htmx", "django_tables2"))

STEPS = (
    Step("Texts in all languages", ("compile_texts",), ("locale/**/*.po",), in_database=False),
    Step(
        "Static files",
        ("collectstatic", "--noinput", "--clear", "-v0", *UNUSED_STATIC),
        ("static/**/*", "pathways/*/static/**/*", "requirements/base.txt"),
        in_database=False,
    ),
    Step(
        "Tables",
        ("migrate", "-v0", "--noinput", "--skip-checks"),
        ("pathways/*/migrations/*.py", "accounts/migrations/*.py", "requirements/base.txt"),
    ),
    Step("Reference data", ("load_reference",), ("pathways/programmes/**/*.csv", "pathways/programmes/**/*.py")),
    Step("Rule sets", ("rule_sets", "load"), ("pathways/programmes/**/*.yaml", "pathways/rules/**/*.py")),
    Step("Demo world", ("demo_world", "--if-empty"), (), demo_only=True),
)
IN_DATABASE = tuple(step for step in STEPS if step.in_database)


def stamp_text(step: Step, database: str) -> str:
    """What a stamp must say to be true: the step, its files, and which database it was done in."""
    total = hashlib.sha256(repr((step.command, database if step.in_database else "")).encode())
    for file in step.files():
        found = file.stat()
        total.update(f"{file.relative_to(ROOT)}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return total.hexdigest()


def stale(places: Places, *, database: str | None, demo: bool, steps: tuple[Step, ...] = STEPS) -> list[Step]:
    """The steps whose stamp is not true any more, or was never set.

    `database` identifies the database: a new one needs everything anew. None means one that others may replace without
    our knowing; its steps, all safe to repeat, are always stale.
    """

    def believed(step: Step) -> bool:
        stamp = places.stamps / step.command[0]
        known_database = not step.in_database or database is not None
        return known_database and stamp.exists() and stamp.read_text() == stamp_text(step, database or "")

    return [step for step in steps if step.known and (demo or not step.demo_only) and not believed(step)]


def prepare(places: Places, *, database: str | None, say: Say, demo: bool, steps: tuple[Step, ...] = STEPS) -> bool:
    """Do the stale steps in order; whether there were any. PreparationError when one fails."""
    places.stamps.mkdir(parents=True, exist_ok=True)
    due = stale(places, database=database, demo=demo, steps=steps)
    for number, step in enumerate(due, 1):
        say(f"{step.title} ({number} of {len(due)})")
        made_from = stamp_text(step, database or "")
        _carry_out(step, say)
        (places.stamps / step.command[0]).write_text(made_from)
    return bool(due)


def _carry_out(step: Step, say: Say) -> None:
    """Run the step's command, passing on what it says; an exception (Ctrl-C) ends it."""
    command = processes.manage(*step.command)
    said: deque[str] = deque(maxlen=12)
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | UNBUFFERED
    ) as process:
        try:
            for line in process.stdout or ():
                said.append(line.rstrip())
                say(f"  {line.rstrip()}")
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise PreparationError(f"{step.title}: `manage.py {' '.join(step.command)}` failed.\n" + "\n".join(said))
