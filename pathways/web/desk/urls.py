"""Routes of the counselor's desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from pathways.web.desk import acts, as_of, case, cases, exports, new_person, today, why

app_name = "desk"

CASE = "cases/<slug:reference>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("lists/", include("pathways.web.desk.lists.urls")),
    path("team/", include("pathways.web.desk.team.urls")),
    path("letters/", include("pathways.web.desk.letters.urls")),
    path("", include("pathways.web.desk.courses.urls")),
    path("", include("pathways.web.desk.meetings.urls")),
    path("", include("pathways.web.desk.progress.urls")),
    path("people/new/", new_person.new_person, name="new_person"),
    path("search/", cases.search, name="search"),
    path("cases/", cases.cases, name="cases"),
    path("cases/assign/", cases.assign, name="assign"),
    path("cases/views/", cases.keep_view, name="keep_view"),
    path("cases/views/<int:pk>/remove/", cases.drop_view, name="drop_view"),
    path("cases/export/", exports.export, name="export"),
    path("cases/export/<uuid:public_id>/", exports.export_job, name="export_job"),
    path("cases/export/<uuid:public_id>/progress/", exports.export_progress, name="export_progress"),
    path("cases/export/<uuid:public_id>/file/", exports.export_file, name="export_file"),
    path(CASE, case.case, name="case"),
    path(f"{CASE}why/", why.why, name="why"),
    path(f"{CASE}as-of/", as_of.case_as_of, name="case_as_of"),
    path(f"{CASE}messages/", include("pathways.web.desk.messages.urls")),
    path(f"{CASE}access/", include("pathways.web.desk.access.urls")),
    path(f"{CASE}terms/", include("pathways.web.desk.terms.urls")),
    path(f"{CASE}contract/", include("pathways.web.desk.contract.urls")),
    path(f"{CASE}certificate/", include("pathways.web.desk.certificate.urls")),
    path("", include("pathways.web.desk.breaches.urls")),
    path(f"{CASE}move/", include("pathways.web.desk.move.urls")),
    path(f"{CASE}facts/", acts.record_fact, name="record_fact"),
    path(f"{CASE}notes/", acts.record_note, name="record_note"),
    path(f"{CASE}notice/", acts.record_notice, name="record_notice"),
    path(f"{CASE}first-contact/", acts.record_first_contact, name="record_first_contact"),
    path(f"{CASE}programme/", acts.choose_programme, name="choose_programme"),
    path(f"{CASE}office/", acts.hand_over, name="hand_over"),
    path(f"{CASE}close/", acts.close_case, name="close_case"),
    path(f"{CASE}contact/", acts.change_contact, name="change_contact"),
    path(f"{CASE}invitation/", acts.invitation, name="invitation"),
    path(f"{CASE}invitation/preview.pdf", acts.invitation_preview, name="invitation_preview"),
    path(f"{CASE}documents/<uuid:public_id>/", acts.document, name="document"),
]
