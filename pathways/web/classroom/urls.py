"""Routes of the classroom."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.classroom import absences, files, register, results, views

app_name = "classroom"

COURSE = "courses/<uuid:public_id>/"
SESSION = f"{COURSE}sessions/<uuid:session_id>/"
urlpatterns: list[URLPattern] = [
    path("", views.today, name="today"),
    path(COURSE, register.course, name="course"),
    path(SESSION, register.register, name="register"),
    path(f"{SESSION}send/", register.send, name="send"),
    path(f"{SESSION}quick/", register.quick, name="quick"),
    path(f"{SESSION}sheet.pdf", files.sheet, name="sheet"),
    path(f"{COURSE}absences/", absences.absences, name="absences"),
    path(f"{COURSE}absences/<uuid:report_id>/", absences.absence, name="absence"),
    path(f"{COURSE}absences/<uuid:report_id>/papers/<uuid:paper>/", absences.absence_paper, name="absence_paper"),
    path(f"{COURSE}results/", results.results, name="results"),
    path(f"{COURSE}import/", files.bring_in, name="bring_in"),
    path(f"{COURSE}import/start/", files.start_import, name="start_import"),
    path(f"{COURSE}import/example.<slug:kind>", files.example, name="example"),
]
