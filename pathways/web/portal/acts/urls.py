"""Routes: what newcomers do: sign, choose a course, report an absence, ask, answer, book."""

from __future__ import annotations

from django.urls import URLPattern, path

from pathways.web.portal.acts import absence, appointments, breach, contract, courses, requests

urlpatterns: list[URLPattern] = [
    path("contract/", contract.contract, name="contract"),
    path("contract/<uuid:public_id>/sign/", contract.contract_sign, name="contract_sign"),
    path("contract/<uuid:public_id>/paper.pdf", contract.contract_paper, name="contract_paper"),
    path("courses/", courses.courses, name="courses"),
    path("courses/none/<slug:component>/", courses.course_none, name="course_none"),
    path("courses/<uuid:course>/", courses.course_choose, name="course_choose"),
    path("courses/places/<uuid:enrolment>/", courses.course_place, name="course_place"),
    path("absence/", absence.absence, name="absence"),
    path("absence/<uuid:public_id>/", absence.absence_report, name="absence_report"),
    path("absence/<uuid:public_id>/withdraw/", absence.absence_withdraw, name="absence_withdraw"),
    path("requests/", requests.requests, name="requests"),
    path("requests/new/<slug:ground>/", requests.request_new, name="request_new"),
    path("requests/<uuid:public_id>/", requests.request_one, name="request"),
    path("requests/<uuid:public_id>/withdraw/", requests.request_withdraw, name="request_withdraw"),
    path("breach/", breach.breach, name="breach"),
    path("breach/<uuid:public_id>/", breach.breach_file, name="breach_file"),
    path("breach/<uuid:public_id>/answer/", breach.breach_answer, name="breach_answer"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/new/", appointments.appointment_book, name="appointment_book"),
    path("appointments/<uuid:public_id>/move/", appointments.appointment_move, name="appointment_move"),
    path("appointments/<uuid:public_id>/cancel/", appointments.appointment_cancel, name="appointment_cancel"),
]
