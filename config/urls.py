"""Routes: each door brings its own; here they only get their place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pathways.base.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("pathways.api.urls")),
    path("", include("pathways.web.urls")),
]

handler400, handler403 = "pathways.web.errors.bad_request", "pathways.web.errors.forbidden"
handler404, handler500 = "pathways.web.errors.not_found", "pathways.web.errors.server_error"
