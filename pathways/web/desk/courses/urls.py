"""Routes of the course pages, in the namespace of the desk."""

from __future__ import annotations

from django.urls import path

from pathways.web.desk.courses import case_courses, offers, sessions, views

COURSE = "courses/<uuid:public_id>/"
SESSION = f"{COURSE}sessions/<uuid:session>/"
CASE = "cases/<slug:reference>/courses/"
ENROLMENT = f"{CASE}enrolments/<uuid:enrolment>/"
urlpatterns = [
    path("courses/", views.courses, name="courses"),
    path("courses/new/", offers.add, name="course_add"),
    path(COURSE, views.course, name="course"),
    path(f"{COURSE}change/", offers.change, name="course_change"),
    path(f"{COURSE}make-up/", sessions.make_up, name="course_make_up"),
    path(f"{SESSION}move/", sessions.move, name="session_move"),
    path(f"{SESSION}cancel/", sessions.cancel, name="session_cancel"),
    path(CASE, case_courses.case_courses, name="case_courses"),
    path(f"{CASE}wishes/<uuid:wish>/", case_courses.answer_wish, name="wish_answer"),
    path(f"{CASE}<uuid:course_id>/enrol/", case_courses.enrol, name="enrol"),
    path(f"{ENROLMENT}stop/", case_courses.stop, name="enrolment_stop"),
    path(f"{ENROLMENT}needs/", case_courses.change_needs, name="enrolment_needs"),
    path(f"{ENROLMENT}accept/", case_courses.accept, name="enrolment_accept"),
    path(f"{ENROLMENT}confirm/", case_courses.confirm, name="enrolment_confirm"),
    path(f"{ENROLMENT}complete/", case_courses.complete, name="enrolment_complete"),
]
