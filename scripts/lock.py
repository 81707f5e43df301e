"""`make lock`: writes the locks anew. They hold hashes and no address, so that any mirror of the registries serves."""

from __future__ import annotations

import subprocess
import sys

from config.runtime.install import ROOT, SETS, UV, npm, say

COMPILE = ["pip", "compile", "-q", "--universal", "--python-version", "3.11", "--no-header", "--upgrade"]
COMPILE += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "pyproject.toml"]
GROUPS = {"base": [], "dev": ["dev"], "bench": ["dev", "bench"]}


def compile_lock(name: str, groups: list[str], *, keep: bool) -> None:
    """Write requirements/<name>.txt; with `keep`, versions that are locked already stay."""
    command = [str(UV), *COMPILE, "-o", f"requirements/{name}.txt"]
    if keep:
        command.remove("--upgrade")
    for group in groups:
        command += ["--group", group]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Lock all sets; `--upgrade` takes the newest versions instead of keeping those locked."""
    keep = "--upgrade" not in sys.argv
    for name in SETS:
        say(f"requirements/{name}.txt")
        compile_lock(name, GROUPS[name], keep=keep)
    say("package-lock.json")
    npm("install", "--package-lock-only", "--loglevel=error")


if __name__ == "__main__":
    main()
