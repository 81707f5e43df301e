"""Routes: what newcomers see: the next step, why, papers, calendar, their data."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
