"""Routes of the list pages, in the namespace of the desk."""

from __future__ import annotations

from django.urls import path, re_path

from pathways.web.desk.lists import views

urlpatterns = [
    path("", views.lists, name="lists"),
    path("new/", views.upload, name="list_upload"),
    re_path(r"^example\.(?P<kind>csv|xlsx)$", views.example, name="list_example"),
    path("<uuid:public_id>/", views.show, name="list"),
    path("<uuid:public_id>/progress/", views.progress, name="list_progress"),
    path("<uuid:public_id>/start/", views.start, name="list_start"),
    path("<uuid:public_id>/cancel/", views.cancel, name="list_cancel"),
    path("<uuid:public_id>/refused.csv", views.refused, {"kind": "csv"}, name="list_refused"),
    path("<uuid:public_id>/refused.xlsx", views.refused, {"kind": "xlsx"}, name="list_refused_workbook"),
    path("<uuid:public_id>/duplicates/", views.duplicates, name="list_duplicates"),
    path("<uuid:public_id>/duplicates/<int:number>/", views.decide, name="list_duplicate"),
]
