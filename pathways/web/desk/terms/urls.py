"""Routes of the terms of a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.terms import acts, views

urlpatterns: list[URLPattern] = [
    path("", views.case_terms, name="case_terms"),
    path("request/", views.term_request, name="term_request"),
    path("extend/", acts.term_extend, name="term_extend"),
    path("papers/<uuid:public_id>/", views.term_paper, name="term_paper"),
    path("<uuid:public_id>/decide/", acts.term_decide, name="term_decide"),
    path("<uuid:public_id>/withdraw/", acts.term_withdraw, name="term_withdraw"),
    path("<uuid:public_id>/end/", acts.term_end, name="term_end"),
]
