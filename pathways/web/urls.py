"""Routes of the pages: each area brings its own."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from pathways.web.choices import choose, set_language, set_theme
from pathways.web.policy.urls import old_urls
from pathways.web.portal.pathway.offline import service_worker
from pathways.web.start import start

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pathways.web.public.urls")),
    path("desk/", include("pathways.web.desk.urls")),
    path("classroom/", include("pathways.web.classroom.urls")),
    path("my/", include("pathways.web.portal.urls")),
    path("policy/", include("pathways.web.policy.urls")),
    path("rules/", include(old_urls)),
    path("sw.js", service_worker, name="service_worker"),
    path("start/", start, name="start"),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set_language"),
    path("language/choose/", choose, name="choose_language"),
    path("theme/", set_theme, name="set_theme"),
]
