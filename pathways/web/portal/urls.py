"""Routes of the newcomer's pages: each topic brings its own, all in the one namespace `portal`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pathways.web.portal.entry.urls")),
    path("", include("pathways.web.portal.pathway.urls")),
    path("", include("pathways.web.portal.acts.urls")),
    path("", include("pathways.web.portal.messages.urls")),
]
