"""Routes: what newcomers do: sign, choose a course, report an absence, ask, answer, book."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
