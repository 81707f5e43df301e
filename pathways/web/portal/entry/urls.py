"""Routes: getting in: access code, sign-in code, staying and leaving."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
