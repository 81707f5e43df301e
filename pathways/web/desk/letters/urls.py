"""Routes of the letters, in the namespace of the desk."""

from __future__ import annotations

from django.urls import path

from pathways.web.desk.letters import invitations, jobs, views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("act/", jobs.act, name="letters_act"),
    path("invitations/", invitations.write_many, name="write_invitations"),
    path("jobs/<uuid:public_id>/", jobs.show, name="letter_job"),
    path("jobs/<uuid:public_id>/progress/", jobs.progress, name="letter_job_progress"),
    path("jobs/<uuid:public_id>/letters.pdf", jobs.paper, name="letter_job_paper"),
    path("jobs/<uuid:public_id>/restart/", jobs.restart, name="letter_job_restart"),
    path("<uuid:public_id>/", views.letter, name="letter"),
    path("<uuid:public_id>/letter.pdf", views.paper, name="letter_paper"),
    path("<uuid:public_id>/approve/", views.approve, name="letter_approve"),
    path("<uuid:public_id>/cancel/", views.cancel, name="letter_cancel"),
    path("<uuid:public_id>/number/", views.number, name="letter_number"),
    path("<uuid:public_id>/settle/", views.settle, name="letter_settle"),
]
