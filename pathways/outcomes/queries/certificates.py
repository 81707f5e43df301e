"""Reads of certificates: those of a case with what the rules say now, and what anyone may learn from a code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pathways.cases.models import Case
from pathways.outcomes.evaluating import Answer, ask_rules
from pathways.outcomes.kinds import PaperKind, kinds_of
from pathways.outcomes.models import Certificate

LONGEST_CODE = 40
UNUSED = "-" * 12
"""Asked for in the place of what cannot be a code, so that such a one is answered like any other and as fast."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What must be on the paper, for whoever holds it: no name, no number of a case."""

    number: str
    title: Mapping[str, str]
    state: str
    programme: str
    initials: str
    birth_year: int | None
    components: list[dict[str, Any]]
    office: str
    issued_on: dt.date
    ended_on: dt.date | None


def certificate_of_code(text: str) -> Checked | None:
    """What the code proves; None for one that nobody was given. One query, whatever was typed."""
    code = "".join(sign for sign in text[:LONGEST_CODE].upper() if sign.isascii() and sign.isalnum())
    row = Certificate.objects.filter(code=code if len(code) == len(UNUSED) else UNUSED).first()
    if row is None:
        return None
    return Checked(
        number=row.number,
        title=row.title,
        state=row.state,
        programme=row.programme,
        initials=row.initials,
        birth_year=row.birth_year,
        components=row.components,
        office=row.issued_at_office,
        issued_on=row.issued_on,
        ended_on=row.ended_on,
    )


@dataclass(frozen=True, slots=True)
class CertificateState:
    """The certificates of a case, and what the rules say of one now. `answer` None: no rule set rules."""

    certificates: list[Certificate]
    answer: Answer | None
    kinds: tuple[PaperKind, ...]

    @property
    def to_issue(self) -> tuple[PaperKind, ...]:
        """The kinds that are not in force yet."""
        held = {one.kind for one in self.certificates if one.state == Certificate.State.ISSUED}
        return tuple(kind for kind in self.kinds if kind.kind not in held)


def certificates_of(case: Case) -> list[Certificate]:
    """The certificates of a case, newest first, without the bytes of their papers. One query."""
    rows = Certificate.objects.filter(case=case).select_related("issued_by", "ended_by", "replaces", "document")
    return list(rows.defer("document__content"))


def certificate_state(*, case: Case, on: dt.date) -> CertificateState:
    """Everything the certificate page shows of a case that came with its decision. At most eight queries."""
    answer = ask_rules([case], on=on).get(case.pk)
    return CertificateState(certificates_of(case), answer, kinds_of(case.programme))
