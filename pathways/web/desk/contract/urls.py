"""Routes of the contract of a case, under `cases/<reference>/contract/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.contract import acts, builder, papers, signing, views

VERSION = "<uuid:public_id>/"
urlpatterns: list[URLPattern] = [
    path("", views.contract, name="case_contract"),
    path("draft/", acts.draft, name="contract_draft"),
    path(VERSION, views.version, name="contract_version"),
    path(f"{VERSION}edit/", builder.edit, name="contract_edit"),
    path(f"{VERSION}paper.pdf", papers.paper, name="contract_paper"),
    path(f"{VERSION}offer/", acts.offer, name="contract_offer"),
    path(f"{VERSION}revise/", acts.revise, name="contract_revise"),
    path(f"{VERSION}withdraw/", acts.withdraw, name="contract_withdraw"),
    path(f"{VERSION}sign/", signing.sign, name="contract_sign"),
    path(f"{VERSION}end/", acts.end, name="contract_end"),
]
