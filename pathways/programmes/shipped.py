"""What the repository ships: reference data as CSV in `data/`, rule sets as YAML in `rule_sets/`."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
RULE_SETS = Path(__file__).parent / "rule_sets"

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of `data/<name>.csv`."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(cell: str) -> list[str]:
    """A list inside a cell."""
    return [word for word in cell.split(";") if word]


def first_day(cell: str) -> dt.date:
    """A date that is always given."""
    return dt.date.fromisoformat(cell)


def day(cell: str) -> dt.date | None:
    """A date, None for an empty cell."""
    return dt.date.fromisoformat(cell) if cell else None


def day_after(cell: str) -> dt.date | None:
    """The first day no longer in force: the files name the last day, the tables keep half-open periods."""
    last = day(cell)
    return last + dt.timedelta(days=1) if last else None


def rule_set_files(directory: Path = RULE_SETS) -> list[Path]:
    """The rule sets of a directory, by code."""
    return sorted(directory.glob("*.yaml"))


def read_document(file: Path) -> Any:
    """The document of a YAML or JSON file (JSON is YAML). Raises yaml.YAMLError with line and column."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  both are safe loaders
