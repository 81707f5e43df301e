"""Routes of breach files."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.breaches import acts, views

CASE = "cases/<slug:reference>/breach/"
FILE = "breaches/<uuid:public_id>/"
urlpatterns: list[URLPattern] = [
    path("breaches/", views.breaches, name="breaches"),
    path(FILE, views.breach, name="breach"),
    path(f"{FILE}evidence.pdf", views.breach_evidence, name="breach_evidence"),
    path(f"{FILE}papers/<uuid:paper>/", views.breach_paper, name="breach_paper"),
    path(f"{FILE}answers/<uuid:answer>/", acts.breach_read, name="breach_read"),
    path(f"{FILE}renew/", acts.breach_renew, name="breach_renew"),
    path(f"{FILE}term/<slug:stage>/", acts.breach_term, name="breach_term"),
    path(f"{FILE}step/<slug:act>/", acts.breach_step, name="breach_step"),
    path(CASE, views.case_breach, name="case_breach"),
    path(f"{CASE}<slug:duty>/", acts.breach_open, name="breach_open"),
    path(f"{CASE}<slug:duty>/dismiss/", acts.breach_dismiss, name="breach_dismiss"),
]
