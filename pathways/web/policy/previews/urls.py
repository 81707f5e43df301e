"""Routes of trying a rule set; part of the rules' own (`policy:`), below the code of a rule set."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.policy.previews import analysis, examples, views, what_if

urlpatterns: list[URLPattern] = [
    path("preview/", views.preview, name="preview"),
    path("preview/start/", views.start, name="preview_start"),
    path("preview/<uuid:public_id>/", views.show, name="preview_shown"),
    path("preview/<uuid:public_id>/progress/", views.progress, name="preview_progress"),
    path("preview/<uuid:public_id>/stop/", views.cancel, name="preview_cancel"),
    path("preview/<uuid:public_id>/read/", views.read, name="preview_read"),
    path("preview/<uuid:public_id>/cases/", views.cases, name="preview_cases"),
    path("examples/", examples.examples, name="examples"),
    path("examples/new/", examples.new, name="example_new"),
    path("examples/<int:number>/", examples.edit, name="example"),
    path("examples/<int:number>/remove/", examples.remove, name="example_remove"),
    path("examples/missing/", examples.missing, name="examples_missing"),
    path("examples/accept/", examples.accept, name="example_accept"),
    path("what-if/", what_if.what_if, name="what_if"),
    path("analysis/", analysis.analysis, name="analysis"),
]
