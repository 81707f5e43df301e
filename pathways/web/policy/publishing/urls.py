"""Routes of a version's way into force; those of releases stand apart, for they have no code of a version."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.policy.publishing import releases, views

urlpatterns: list[URLPattern] = [
    path("publishing/", views.publishing, name="publishing"),
    path("publishing/progress/", views.progress, name="publishing_progress"),
    path("publishing/propose/", views.propose, name="propose"),
    path("publishing/approve/", views.approve, name="approve"),
    path("publishing/send-back/", views.send_back, name="send_back"),
    path("publishing/schedule/", views.schedule, name="schedule"),
    path("publishing/withdraw/", views.withdraw, name="withdraw"),
    path("publishing/end/", views.end, name="end"),
]

release_urls: list[URLPattern] = [
    path("", releases.releases, name="releases"),
    path("<uuid:public_id>/<slug:slug>/", releases.office, name="release_office"),
    path("<uuid:public_id>/<slug:slug>/release/", releases.release, name="release"),
    path("<uuid:public_id>/<slug:slug>/review/", releases.review, name="settle_review"),
]
