"""What a contract may not say: each problem names the part, the field, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from pathways.cases.errors import CaseError


@dataclass(frozen=True, slots=True)
class TermProblem:
    """One wrong entry. `component` is "" for what concerns the whole contract."""

    component: str
    field: str
    message: str | Promise
    remedy: str | Promise

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class TermsRefused(CaseError):  # noqa: N818  (said as the user is told)
    """The rules do not allow these terms; nothing was written."""

    def __init__(self, problems: Iterable[TermProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        return " ".join(str(problem) for problem in self.problems)
