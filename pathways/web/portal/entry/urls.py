"""Routes: getting in: access code, sign-in code, passkey, eID; staying and leaving."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from pathways.web.portal.entry import demo, eid, views, ways

urlpatterns: list[URLPattern] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.sign_in_code, name="sign_in_code"),
    path("code/", views.code, name="code"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("stay/", views.stay, name="stay"),
    path("ways/", ways.ways, name="ways"),
    path("ways/passkey/", ways.passkey_add, name="passkey_add"),
    path("ways/passkey/<int:pk>/remove/", ways.passkey_remove, name="passkey_remove"),
    path("eid/", eid.eid, name="eid"),
    path("eid/back/", eid.eid_callback, name="eid_callback"),
]
if settings.DEMO:
    urlpatterns.append(path("code/again/", demo.renew, name="demo_code"))
