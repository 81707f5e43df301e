"""`make check`: all that can be judged without running the product; every check runs, all failures are shown."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from config.runtime.install import ROOT, VENV

# What a production environment sets; the names lead nowhere.
PRODUCTION = {
    "DATABASE_URL": "postgresql://pathways@db.invalid/pathways",
    "PATHWAYS_SECRET_KEY": "only-asked-for-its-length-" * 3,
    "PATHWAYS_HOSTS": "pathways.invalid",
    "PATHWAYS_DEMO": "0",
    "PATHWAYS_DEBUG": "0",
}
PYTHON = sys.executable
CHECKS: tuple[tuple[str, list[str], dict[str, str]], ...] = (
    ("format", ["ruff", "format", "--check", "."], {}),
    ("lint", ["ruff", "check", "."], {}),
    ("templates", ["djlint", "--check", "--lint", "--quiet", "templates"], {}),
    ("import contracts", ["lint-imports", "--no-cache"], {}),
    ("types", ["mypy", "."], {}),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "--skip-checks"], {}),
    ("settings", [PYTHON, "manage.py", "check"], {}),
    ("settings in production", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ("translations", [PYTHON, "-m", "scripts.messages", "--check"], {}),
)


def main() -> int:
    """Run all checks, or those named on the command line; 0 if every one passed."""
    failed = []
    for name, command, extra in CHECKS:
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        began = time.monotonic()
        environment = os.environ | extra | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        print(f"{'✗' if done.returncode else '✓'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(f"{done.stdout}\n{done.stderr}".strip())
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
