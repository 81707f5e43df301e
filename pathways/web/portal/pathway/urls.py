"""Routes: what newcomers see: the next step, why, papers, calendar, their data."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.portal.pathway import calendar, data, home, more, offline, papers, seen_by, why

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("more/", more.more, name="more"),
    path("why/", why.why, name="why"),
    path("why/<slug:deadline>/", why.why_date, name="why_date"),
    path("papers/", papers.papers, name="papers"),
    path("papers/<uuid:public_id>/", papers.paper, name="paper"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/address/", calendar.calendar_address, name="calendar_address"),
    path("calendar/feed/<str:secret>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("data/", data.data, name="data"),
    path("data/my-data.json", data.data_json, name="data_json"),
    path("data/my-data.pdf", data.data_pdf, name="data_pdf"),
    path("data/views/", seen_by.views, name="views"),
    path("offline/", offline.offline, name="offline"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
]
