"""Certificates and breach files: the check for anyone, the office of the case, the enforcement officers of its programme."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pathways.base.clock import today
from pathways.outcomes.models import BreachFile
from tests.web.access.table import DESK, OFFICE_OF_CASE, Row, act, everybody, form, page
from tests.web.access.world import World

OFFICER = frozenset({"enforcement_officer"})
LEAD = frozenset({"team_lead"})
MET = frozenset({200, 302, 404, 422})
"""What a page about a certificate or a paper answers where the world has none."""


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _file(world: World) -> Mapping[str, Any]:
    """A file about the case of the world, written without asking whether a duty has failed."""
    rule_set, programme = world.case.decision.duty_rule_set_id, world.case.programme
    assert rule_set
    assert programme
    file, _created = BreachFile.objects.get_or_create(
        case=world.case,
        duty="not_reported",
        defaults={
            "rule_set_id": rule_set,
            "programmes": [programme],
            "grounds": "Did not come.",
            "opened_on": today(),
            "opened_by": world.users["counselor"],
        },
    )
    return {"public_id": file.public_id}


@lru_cache
def _nothing() -> uuid.UUID:
    return uuid.uuid4()


def _certificate(world: World) -> Mapping[str, Any]:
    return {**_case(world), "public_id": _nothing()}


ROWS: dict[str, Row] = {
    "verify": everybody(),
    "verify_code": everybody(arguments=lambda _world: {"code": "ABCD-EFGH-JKMN"}, ok=frozenset({404})),
    # Certificates of a case
    "desk:case_certificate": page(OFFICE_OF_CASE, _case),
    "desk:certificate_issue": form(
        LEAD, lambda world: {**_case(world), "kind": "declaration_of_effort"}
    ),  # by assessment, so by a team lead alone
    "desk:certificate_paper": page(OFFICE_OF_CASE, _certificate, ok=frozenset({404})),
    "desk:certificate_revoke": page(LEAD, _certificate, ok=frozenset({404})),
    "desk:certificate_replace": page(LEAD, _certificate, ok=frozenset({404})),
    # Breach files
    "desk:breaches": page(DESK | OFFICER),
    "desk:case_breach": page(OFFICE_OF_CASE, _case),
    "desk:breach_open": page(
        OFFICE_OF_CASE, lambda world: {**_case(world), "duty": "not_reported"}, ok=frozenset({404})
    ),
    "desk:breach_dismiss": page(
        OFFICE_OF_CASE, lambda world: {**_case(world), "duty": "not_reported"}, ok=frozenset({404})
    ),
    "desk:breach": page(OFFICE_OF_CASE | OFFICER, _file),
    "desk:breach_evidence": page(OFFICE_OF_CASE | OFFICER, _file),
    "desk:breach_paper": page(
        OFFICE_OF_CASE | OFFICER, lambda world: {**_file(world), "paper": _nothing()}, ok=frozenset({404})
    ),
    "desk:breach_renew": act(OFFICE_OF_CASE | OFFICER, _file),
    "desk:breach_term": form(LEAD, lambda world: {**_file(world), "stage": "hearing"}),
    "desk:breach_step": form(OFFICE_OF_CASE, lambda world: {**_file(world), "act": "notice"}),
}
