"""Routes of the team lead's view, in the namespace of the desk."""

from __future__ import annotations

from django.urls import path

from pathways.web.desk.team import absences, sharing, views

urlpatterns = [
    path("", views.team, name="team"),
    path("<slug:office>/share/", sharing.share, name="team_share"),
    path("<slug:office>/absences/new/", absences.new, name="absence_new"),
    path("<slug:office>/absences/<uuid:public_id>/end/", absences.end, name="absence_end"),
]
