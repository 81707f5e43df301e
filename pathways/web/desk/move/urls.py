"""Routes of the move of a case, under `cases/<reference>/move/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.move import acts, programme, received, steps

urlpatterns: list[URLPattern] = [
    path("", steps.case_move, name="case_move"),
    path("rules/", steps.rules, name="case_move_rules"),
    path("done/", steps.done, name="case_move_done"),
    path("confirm/", steps.confirm, name="case_move_confirm"),
    path("cancel/", acts.cancel, name="case_move_cancel"),
    path("brief.pdf", acts.brief, name="case_move_brief"),
    path("read/", received.read, name="case_move_read"),
    path("part/<uuid:public_id>/", received.part, name="case_move_part"),
    path("contract/", received.contract, name="case_move_contract"),
    path("programme/", programme.change, name="case_move_programme"),
]
