"""Routes of the rules."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.policy import views

app_name = "policy"
urlpatterns: list[URLPattern] = [
    path("", views.rule_sets, name="rule_sets"),
    path("<str:code>/", views.rule_set, name="rule_set"),
]
