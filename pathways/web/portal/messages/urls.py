"""Routes: messages with the office, corrections asked for, changes reported."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
