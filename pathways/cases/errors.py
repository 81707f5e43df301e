"""What an action of this floor refuses, in sentences for the user: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class FactProblem:
    """One fact that cannot be recorded: `message` says what is wrong, `remedy` what to do."""

    fact: str
    message: str | Promise
    remedy: str | Promise = ""
    value: Any = None

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class CaseError(Exception):
    """Base of the refusals; its text is meant for the user, in the user's language."""


class FactError(CaseError):
    """Facts that cannot be recorded; nothing was written. `problems` has one entry for each wrong fact."""

    def __init__(self, problems: Iterable[FactProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return " ".join(str(problem) for problem in self.problems)


class ActRefused(CaseError):  # noqa: N818  (said as the user is told)
    """The case does not allow this act now."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.args[0])
