"""Routes of the API, version 1."""

from __future__ import annotations

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from pathways.api import views

app_name = "api"
urlpatterns = [
    path("evaluate", views.evaluate, name="evaluate"),
    path("programmes/", views.programmes, name="programmes"),
    path("rule-sets/", views.rule_sets, name="rule_sets"),
    path("rule-sets/<str:code>/", views.rule_set, name="rule_set"),
    path("rule-set.schema.json", views.rule_set_schema, name="rule_set_schema"),
    path("facts/", views.facts, name="facts"),
    path(
        "schema/", SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[AllowAny]), name="schema"
    ),
]
