"""The queue of letters: pages of the office; one letter or job only for its office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import DESK, OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World


def _letter(world: World) -> Mapping[str, Any]:
    return {"public_id": world.letter.public_id}


def _job(world: World) -> Mapping[str, Any]:
    return {"public_id": world.letter_job.public_id}


ROWS: dict[str, Row] = {
    "desk:letters": page(DESK),
    "desk:letters_act": act(DESK),
    "desk:write_invitations": form(DESK),
    "desk:letter": page(OFFICE_OF_CASE, _letter),
    "desk:letter_paper": page(OFFICE_OF_CASE, _letter),
    "desk:letter_approve": act(OFFICE_OF_CASE, _letter),
    "desk:letter_cancel": act(OFFICE_OF_CASE, _letter),
    "desk:letter_number": act(OFFICE_OF_CASE, _letter),
    "desk:letter_settle": act(OFFICE_OF_CASE, _letter),
    "desk:letter_job": page(OFFICE_OF_CASE, _job),
    "desk:letter_job_progress": page(OFFICE_OF_CASE, _job, ok=frozenset({302})),
    "desk:letter_job_paper": page(OFFICE_OF_CASE, _job),
    "desk:letter_job_restart": act(OFFICE_OF_CASE, _job),
}
