"""Routes for anyone."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from pathways.web.public import style, verify, views
from pathways.web.public.check import views as check

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("check/", check.ask, name="check"),
    path("check/result/", check.result, name="check_result"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns.append(path("style/", style.guide, name="style_guide"))
