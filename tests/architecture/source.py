"""Reads the repository's own source for the architecture tests."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config.runtime.places import ROOT

CODE = ("accounts", "config", "pathways", "scripts", "bench")


@cache
def tracked() -> tuple[Path, ...]:
    """Files that are, or are about to be, in the repository; all files where there is no git."""
    try:
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        skipped = {".venv", "node_modules", "var", "vendor", "__pycache__"}
        return tuple(path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.parts))
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def modules(*, migrations: bool = False, tests: bool = False) -> list[Path]:
    """The Python modules of the house."""
    folders = (*CODE, "tests") if tests else CODE
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and (migrations or "migrations" not in path.parts)
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in one module."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def place(path: Path, node: ast.expr) -> str:
    """Where something stands, as an editor understands it."""
    return f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:90]}"
