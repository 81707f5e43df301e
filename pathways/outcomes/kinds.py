"""The papers a programme ends in: the main one, whose condition the rule set names, and others that a team lead assesses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of certificate. `title` None: the rule set names it. `main`: the rule set has its condition."""

    kind: str
    title: Mapping[str, str] | None
    source: str
    confidence: str
    main: bool


@cache
def _all() -> dict[str, tuple[PaperKind, ...]]:
    raw = yaml.safe_load(Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8"))
    return {
        programme: tuple(
            PaperKind(one["kind"], one.get("title"), one["source"], one["confidence"], place == 0)
            for place, one in enumerate(kinds)
        )
        for programme, kinds in raw.items()
    }


def kinds_of(programme: str | None) -> tuple[PaperKind, ...]:
    """The papers of a programme, the main one first; none while no programme is chosen."""
    return _all().get(programme or "", ())
