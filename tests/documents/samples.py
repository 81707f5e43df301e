"""One paper of every template, as full as it gets: translated, with tables, pictures and signatures. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Final

from pathways.access.letters import compose_access
from pathways.agreements.letters import Signed, compose_contract
from pathways.cases.letters import compose_invitation
from pathways.meetings.cv import compose_cv
from pathways.moves.letters import Brief, compose_brief
from pathways.moves.matching import Done, Rule
from pathways.outcomes.letters.certificate import CertificatePaper, compose_certificate
from pathways.rules import COMPONENT_LABELS
from tests.agreements.test_letters import DRAWN, PAPER
from tests.documents.test_letters import LETTER

DAY = dt.date(2026, 3, 12)
PERSON = SimpleNamespace(
    street="Veldstraat 1", postal_code="9000", city="Gent", contact_language="ar", phone="", email="nour@example.org",
    birth_date=dt.date(1994, 5, 2),
)  # fmt: skip


class _Named(SimpleNamespace):
    """Says its name, as a person does."""

    def __str__(self) -> str:
        return "Nour Haddad"


def _case() -> Any:
    office = SimpleNamespace(name="Amal", city="Gent", language="nl")
    return SimpleNamespace(person=_Named(**vars(PERSON)), office=office, reference="GNT-2026-000412")


def _access() -> dict[str, Any]:
    code: Any = SimpleNamespace(handle="482103", expires_at=dt.datetime(2026, 4, 11, 9, tzinfo=dt.UTC))
    return compose_access(case=_case(), code=code, figures="482103795526", address="https://p.example/my/", on=DAY)


def _certificate() -> dict[str, Any]:
    return compose_certificate(
        CertificatePaper(
            kind="certificate", title={"nl": "Attest van inburgering"}, programme={"nl": "Inburgering"}, name="Nour Haddad",
            birth_date=dt.date(1994, 5, 2), number="GNT-2026-0007", code="ABCDEFGHJKLM", rule_set="FL-2022", office="Amal",
            city="Gent", language="nl", issued_by="An Peeters", check_at="https://p.example/verify/", replaces="GNT-2026-0003",
            components=[{"code": "language", "title": COMPONENT_LABELS["language"], "minutes": 9000, "level": "A2"}], on=DAY,
        )
    )  # fmt: skip


def _contract() -> dict[str, Any]:
    typed = Signed(party="office", name="An Peeters", method="desk_typed", on=DAY)
    return compose_contract(replace(PAPER, state="sealed", signed=(DRAWN, typed)))


def _cv() -> dict[str, Any]:
    social = {"jobs": [{"title": "Electrician", "where": "Homs"}], "skills": "Driving", "wish": "Work outdoors"}
    answers: Any = {"social": SimpleNamespace(data=social), "language": SimpleNamespace(data={"first_language": "ar"})}
    return compose_cv(case=_case(), answers=answers, language="nl", on=DAY)


def _evidence() -> dict[str, Any]:
    rows = [["12 maart 2026", "Aanmaning", "An Peeters"], ["20 maart 2026", "Verweer", "Nour Haddad"]]
    steps = {"title": "Stappen", "columns": ["Dag", "Stap", "Wie"], "rows": rows, "empty": ""}
    empty = {"title": "Stukken", "columns": ["Stuk"], "rows": [], "empty": "Niets."}
    return {
        "language": "nl", "title": "Inbreukdossier", "office": "Amal", "reference": "GNT-2026-000412",
        "made": "12 maart 2026", "sections": [steps, empty],
    }  # fmt: skip


def _handover() -> dict[str, Any]:
    said = {"nl": "Zelfde niveau", "en": "Same level", "fr": "Même niveau", "ar": "المستوى نفسه"}
    rule = Rule(code="same", when={}, match="equivalent", source="", confidence="inferred", text=said)
    done = Done(component="language", line="FL", complete=True, language="nl", level="A2", planned_minutes=9000,
                attended_minutes=8000)  # fmt: skip
    return compose_brief(
        Brief(
            name="Nour Haddad", born=dt.date(1994, 5, 2), municipality="Namen", moved_on=DAY, office="Amal", city="Gent",
            reference="GNT-2026-000412", new_office="CRI", new_reference="NAM-2026-000001", first_on=DAY,
            first_region="flanders", certified_on=None, consent_on=DAY, consent_by="An Peeters", consent_evidence="Gesprek",
            parts=((done, rule),), signed_by="An Peeters", on=DAY, legal_language="nl", languages=("fr", "ar"),
        )
    )  # fmt: skip


def _my_data() -> dict[str, Any]:
    rows = [[["الاسم", "Nour Haddad"], ["المدينة", "Gent"]]]
    return {
        "language": "ar", "rtl": True, "title": "بياناتي", "name": "Nour Haddad", "made": "12/03/2026",
        "sections": [{"title": "أنا", "rows": rows}],
    }  # fmt: skip


def _sheet() -> dict[str, Any]:
    return {
        "language": "nl", "title": "Aanwezigheidslijst", "course": "Nederlands 1.1", "provider": "School", "place": "Lokaal 2",
        "when": "12 maart 2026, 09:00–12:00", "lesson": "Les 3 van 10", "rows": ["Haddad, Nour", "Yılmaz, Ayşe"], "blank": 4,
        "columns": ["", "Naam", "Handtekening", "Aangekomen", "Opmerking"], "help": "Teken hier.", "teacher": "Leerkracht",
    }  # fmt: skip


SAMPLES: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "access": _access,
    "certificate": _certificate,
    "contract": _contract,
    "cv": _cv,
    "evidence": _evidence,
    "handover": _handover,
    "letter": lambda: compose_invitation(LETTER),
    "my_data": _my_data,
    "sheet": _sheet,
}
"""Template to the data of its sample."""
