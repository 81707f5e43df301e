"""Routes of the rule workbench. Old addresses under /rules/ lead here (`old_urls`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from pathways.web.policy import acts, comparing, conditions, editing, starting, views
from pathways.web.policy.publishing.urls import release_urls

app_name = "policy"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.rule_sets, name="rule_sets"),
    path("facts/", include("pathways.web.policy.own_facts.urls")),
    path("releases/", include(release_urls)),
    path("import/", starting.import_file, name="import"),
    path("<str:code>/", views.rule_set, name="rule_set"),
    path("<str:code>/read/", views.whole, name="whole"),
    path("<str:code>/export.<str:form>", views.export, name="export"),
    path("<str:code>/new/", starting.new_draft, name="new_draft"),
    path("<str:code>/compare/<str:other>/", comparing.compare, name="compare"),
    path("<str:code>/part/<str:section>/", editing.section, name="section"),
    path("<str:code>/part/<str:section>/<str:key>/", editing.item, name="item"),
    path("<str:code>/add/<str:section>/", acts.add, name="add"),
    path("<str:code>/move/<str:section>/<str:key>/", acts.move, name="move"),
    path("<str:code>/remove/<str:section>/", acts.remove, name="remove_section"),
    path("<str:code>/remove/<str:section>/<str:key>/", acts.remove, name="remove"),
    path("<str:code>/undo/", acts.undo, name="undo"),
    path("<str:code>/redo/", acts.redo, name="redo"),
    path("<str:code>/history/", acts.history, name="history"),
    path("<str:code>/discard/", acts.discard, name="discard"),
    path("<str:code>/condition/", conditions.check, name="condition"),
    path("<str:code>/catalogue/", conditions.catalogue, name="catalogue"),
    path("<str:code>/", include("pathways.web.policy.previews.urls")),
    path("<str:code>/", include("pathways.web.policy.publishing.urls")),
]

old_urls: list[URLPattern] = [
    path("", RedirectView.as_view(pattern_name="policy:rule_sets", permanent=True), name="old_rule_sets"),
    path("<str:code>/", RedirectView.as_view(pattern_name="policy:rule_set", permanent=True), name="old_rule_set"),
]
