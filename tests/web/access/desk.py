"""The counselor's desk: pages of the office, and what belongs to one case only for the office of that case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import DESK, OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _brussels_case(world: World) -> Mapping[str, Any]:
    return {"reference": world.brussels_case.reference}


def _list(world: World) -> Mapping[str, Any]:
    return {"public_id": world.list.public_id}


def _export(world: World) -> Mapping[str, Any]:
    return {"public_id": world.export.public_id}


COUNSELOR = frozenset({"counselor"})

ROWS: dict[str, Row] = {
    "desk:today": page(DESK),
    "desk:search": page(DESK, query="q=haddad", ok=frozenset({200, 302})),
    "desk:cases": page(DESK),
    "desk:new_person": form(DESK),
    "desk:assign": act(DESK),
    "desk:keep_view": act(DESK),
    "desk:drop_view": act(frozenset({"counselor"}), lambda world: {"pk": world.view.pk}),
    # Lists as files: a job belongs to the one who asked
    "desk:export": form(DESK),
    "desk:export_job": page(COUNSELOR, _export),
    "desk:export_progress": page(COUNSELOR, _export, ok=frozenset({302})),
    "desk:export_file": page(COUNSELOR, _export, ok=frozenset({404})),
    # One case
    "desk:case": page(OFFICE_OF_CASE, _case),
    "desk:why": page(OFFICE_OF_CASE, _case),
    "desk:case_as_of": page(OFFICE_OF_CASE, _case),
    "desk:record_fact": page(OFFICE_OF_CASE, _case, query="fact=literacy"),
    "desk:record_note": form(OFFICE_OF_CASE, _case),
    "desk:record_notice": form(OFFICE_OF_CASE, _case),
    "desk:record_first_contact": form(OFFICE_OF_CASE, _case),
    "desk:choose_programme": form(OFFICE_OF_CASE, _brussels_case),
    "desk:hand_over": form(frozenset({"team_lead"}), _case),
    "desk:close_case": form(OFFICE_OF_CASE, _case),
    "desk:change_contact": form(OFFICE_OF_CASE, _case),
    "desk:invitation": form(OFFICE_OF_CASE, _case),
    "desk:invitation_preview": page(OFFICE_OF_CASE, _case),
    "desk:document": page(
        OFFICE_OF_CASE, lambda world: {**_case(world), "public_id": world.document.document.public_id}
    ),
    # Lists of municipalities
    "desk:lists": page(DESK),
    "desk:list_upload": form(DESK),
    "desk:list_example": page(DESK, lambda _world: {"kind": "csv"}),
    "desk:list": page(OFFICE_OF_CASE, _list),
    "desk:list_progress": page(OFFICE_OF_CASE, _list, ok=frozenset({200, 302})),
    "desk:list_start": act(OFFICE_OF_CASE, _list),
    "desk:list_cancel": act(OFFICE_OF_CASE, _list),
    "desk:list_refused": page(OFFICE_OF_CASE, _list, ok=frozenset({200, 404})),
    "desk:list_refused_workbook": page(OFFICE_OF_CASE, _list, ok=frozenset({200, 404})),
    "desk:list_duplicates": page(OFFICE_OF_CASE, _list),
    "desk:list_duplicate": act(OFFICE_OF_CASE, lambda world: {**_list(world), "number": 1}, ok=frozenset({404})),
}
