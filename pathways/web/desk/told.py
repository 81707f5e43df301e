"""How acts of the floors above the cases are told in the timeline: an icon, a sentence, and one detail of the journal.

A new floor adds its acts here; the journal entry names the case and `details` holds what is shown beside the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Told:
    """The line of one act; `detail` names the entry of the journal's details that stands below it, "" for none."""

    icon: str
    title: Promise
    detail: str = ""


COURSES = {
    "courses.enrol": Told("school", _("Enrolled in a course"), "title"),
    "courses.start_trial": Told("school", _("On trial in a course"), "title"),
    "courses.confirm_trial": Told("school", _("Stays in the course after the trial"), "title"),
    "courses.join_waiting_list": Told("hourglass", _("On the waiting list of a course"), "title"),
    "courses.offer_place": Told("bell", _("A place in a course is offered"), "title"),
    "courses.lapse_offer": Told("hourglass", _("The place offered was not taken"), "title"),
    "courses.accept_place": Told("school", _("The place in the course is taken"), "title"),
    "courses.stop_enrolment": Told("user-minus", _("Left a course"), "title"),
    "courses.complete_enrolment": Told("circle-check", _("Finished a course"), "title"),
}
CONTRACTS = {
    "agreements.offer_contract": Told("file-text", _("Contract offered")),
    "agreements.sign_contract": Told("signature", _("Contract signed by both sides")),
    "agreements.withdraw_version": Told("arrow-back-up", _("Contract version set aside")),
    "agreements.end_contract": Told("ban", _("Contract ended")),
}
DUTIES = {
    "duties.request_ground": Told("hourglass", _("Exemption, suspension or postponement asked for"), "title"),
    "duties.withdraw_ground": Told("arrow-back-up", _("Request taken back"), "title"),
    "duties.grant_ground": Told("circle-check", _("Request granted"), "title"),
    "duties.refuse_ground": Told("circle-x", _("Request refused"), "title"),
    "duties.end_ground": Told("flag", _("Ended earlier than granted"), "title"),
    "duties.lapse_ground": Told("flag", _("Ended on its last day"), "title"),
    "duties.extend_term": Told("calendar-plus", _("Term lengthened by the office"), "title"),
}
ATTENDANCE = {
    "attendance.record_result": Told("clipboard-check", _("Test or level recorded"), "level"),
    "attendance.request_correction": Told("edit", _("Correction of a mark asked for")),
    "attendance.confirm_correction": Told("check", _("Mark corrected")),
    "attendance.refuse_correction": Told("circle-x", _("Correction refused")),
}
TOLD: dict[str, Told] = {**ATTENDANCE, **DUTIES, **CONTRACTS, **COURSES}
