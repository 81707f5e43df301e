"""The routes as in demo mode, for tests: settings are read when routes are, and tests run without it."""

from django.urls import path

from config.urls import urlpatterns as real
from pathways.web.public import style

urlpatterns = [path("style/", style.guide, name="style_guide"), *real]
handler404 = "pathways.web.errors.not_found"
