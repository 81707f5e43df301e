"""Routes: the way in of the person of one case."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.access import views

urlpatterns: list[URLPattern] = [
    path("", views.access, name="case_access"),
    path("letter/", views.letter, name="access_letter"),
    path("revoke/", views.revoke, name="access_revoke"),
    path("close/", views.close, name="access_close"),
]
