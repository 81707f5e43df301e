"""Routes of the pages: each area brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from pathways.web.choices import set_theme

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pathways.web.public.urls")),
    path("language/", set_language, name="set_language"),
    path("theme/", set_theme, name="set_theme"),
]
