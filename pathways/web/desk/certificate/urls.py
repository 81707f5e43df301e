"""Routes of the certificates of a case."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.certificate import views

urlpatterns: list[URLPattern] = [
    path("", views.case_certificate, name="case_certificate"),
    path("issue/<slug:kind>/", views.certificate_issue, name="certificate_issue"),
    path("<uuid:public_id>/paper/", views.certificate_paper, name="certificate_paper"),
    path("<uuid:public_id>/revoke/", views.certificate_revoke, name="certificate_revoke"),
    path("<uuid:public_id>/replace/", views.certificate_replace, name="certificate_replace"),
]
