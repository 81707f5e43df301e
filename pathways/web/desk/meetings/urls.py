"""Routes of calendar, talks, assessments and papers, in the namespace of the desk."""

from __future__ import annotations

from django.urls import path

from pathways.web.desk.meetings import assessments, booking, calendar, case_meetings, papers

CASE = "cases/<slug:reference>/"
TALK = f"{CASE}meetings/<uuid:public_id>/"
FORM = f"{CASE}meetings/forms/<uuid:public_id>/"
PAPER = f"{CASE}papers/<uuid:public_id>/"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/address/", calendar.address, name="calendar_address"),
    path("calendar/feed/<str:secret>.ics", calendar.feed, name="calendar_feed"),
    path(f"{CASE}meetings/", case_meetings.case_meetings, name="case_meetings"),
    path(f"{CASE}meetings/book/", booking.book, name="appointment_book"),
    path(f"{TALK}move/", booking.move, name="appointment_move"),
    path(f"{TALK}cancel/", booking.cancel, name="appointment_cancel"),
    path(f"{TALK}outcome/", booking.outcome, name="appointment_outcome"),
    path(f"{TALK}seen/", booking.seen, name="appointment_seen"),
    path(f"{CASE}meetings/forms/<slug:kind>/fill/", assessments.fill, name="assessment_fill"),
    path(FORM, assessments.assessment, name="assessment"),
    path(f"{FORM}finish/", assessments.finish, name="assessment_finish"),
    path(f"{FORM}drop/", assessments.drop, name="assessment_drop"),
    path(f"{CASE}cv.pdf", assessments.cv, name="case_cv"),
    path(f"{CASE}papers/ask/", papers.ask, name="paper_ask"),
    path(f"{PAPER}receive/", papers.receive, name="paper_receive"),
    path(f"{PAPER}withdraw/", papers.withdraw, name="paper_withdraw"),
]
