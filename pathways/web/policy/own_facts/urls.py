"""Routes of own facts."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.policy.own_facts import views

urlpatterns: list[URLPattern] = [
    path("", views.own_facts, name="own_facts"),
    path("add/", views.add, name="own_fact_add"),
    path("<slug:code>/", views.change, name="own_fact"),
    path("<slug:code>/retire/", views.retire, name="own_fact_retire"),
]
