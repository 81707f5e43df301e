"""Routes of attendance on the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.desk.progress import reports, views

CASE = "cases/<slug:reference>/progress/"
urlpatterns: list[URLPattern] = [
    path("absences/", views.absences, name="absences"),
    path(CASE, views.case_progress, name="case_progress"),
    path(f"{CASE}<uuid:enrolment>/<uuid:session>/correct/", views.correct, name="correct_presence"),
    path(f"{CASE.replace('progress', 'absences')}<uuid:public_id>/", reports.absence_report, name="absence_report"),
    path(f"{CASE}corrections/<uuid:public_id>/", views.correction, name="correction"),
]
