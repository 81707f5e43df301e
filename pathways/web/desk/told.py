"""How acts of the floors above the cases are told in the timeline: an icon, a sentence, and one detail of the journal.

A new floor adds its acts here; the journal entry names the case and `details` holds what is shown beside the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Told:
    """The line of one act; `detail` names the entry of the journal's details that stands below it, "" for none.

    A `kind` is that of a letter, and stands there as staff call it.
    """

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
    "courses.say_none_fits": Told("message", _("The person says that no course fits")),
    "courses.answer_wish": Told("message", _("Answered which course fits")),
    "courses.complete_enrolment": Told("circle-check", _("Finished a course"), "title"),
}
CONTRACTS = {
    "agreements.offer_contract": Told("file-text", _("Contract offered")),
    "agreements.sign_in_portal": Told("signature", _("Contract signed by the person in the portal")),
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
    "attendance.report_absence": Told("calendar-due", _("The person reports an absence"), "days"),
    "attendance.add_proof": Told("file-text", _("Proof of a reported absence added"), "days"),
    "attendance.withdraw_absence": Told("arrow-back-up", _("Reported absence taken back"), "days"),
    "attendance.accept_absence": Told("circle-check", _("Absence accepted as excused"), "days"),
    "attendance.refuse_absence": Told("circle-x", _("Absence not accepted"), "days"),
    "attendance.record_result": Told("clipboard-check", _("Test or level recorded"), "level"),
    "attendance.request_correction": Told("edit", _("Correction of a mark asked for")),
    "attendance.confirm_correction": Told("check", _("Mark corrected")),
    "attendance.refuse_correction": Told("circle-x", _("Correction refused")),
}
MEETINGS = {
    "meetings.book_appointment": Told("calendar-plus", _("Talk booked"), "starts"),
    "meetings.move_appointment": Told("calendar-event", _("Talk moved"), "starts"),
    "meetings.see_own_change": Told("check", _("Change of the talk seen")),
    "meetings.cancel_appointment": Told("circle-x", _("Talk cancelled"), "starts"),
    "meetings.hold_appointment": Told("users", _("Talk held"), "starts"),
    "meetings.miss_appointment": Told("user-x", _("The person did not come to the talk"), "starts"),
    "meetings.plan_follow_up": Told("calendar-due", _("Follow-up talk planned")),
    "meetings.finish_assessment": Told("clipboard-check", _("Assessment finished")),
    "meetings.ask_paper": Told("file-unknown", _("Paper asked for"), "due_on"),
    "meetings.receive_paper": Told("file-text", _("Paper received")),
    "meetings.withdraw_paper": Told("arrow-back-up", _("Paper no longer needed")),
}
OUTCOMES = {
    "outcomes.issue_certificate": Told("certificate", _("Certificate issued"), "number"),
    "outcomes.replace_certificate": Told("certificate", _("Certificate replaced"), "number"),
    "outcomes.revoke_certificate": Told("ban", _("Certificate revoked"), "number"),
    "outcomes.dismiss_breach": Told("circle-x", _("No breach file is opened, though the rules propose one")),
    "outcomes.reply_answer": Told("message", _("Reply to the answer in the breach file")),
    "outcomes.open_breach": Told("gavel", _("Breach file opened")),
    "outcomes.decide_term": Told("clock", _("Term of a breach file decided")),
    "outcomes.take_step": Told("gavel", _("Next step in the breach file")),
    "outcomes.answer_breach": Told("message", _("The person answers in the breach file")),
    "outcomes.ask_hearing": Told("message", _("The person asks to be heard in the breach file")),
    "outcomes.read_answer": Told("check", _("Answer in the breach file read")),
    "outcomes.renew_letter": Told("mail", _("Letter of the breach file written anew")),
}
ACCESS = {
    "access.issue_code": Told("key", _("Access letter printed")),
    "access.revoke_code": Told("ban", _("Code of the access letter taken back")),
    "access.close_way_in": Told("lock", _("Every way into the person’s own page closed")),
}
MOVES = {
    "access.issue_code": Told("key", _("Access letter printed")),
    "access.revoke_code": Told("ban", _("Code of the access letter taken back")),
    "access.close_way_in": Told("lock", _("Every way into the person’s own page closed")),
    "moves.start_move": Told("map-pin", _("Address in another region: a move is being prepared"), "title"),
    "moves.record_consent": Told("check", _("Agrees that what was done is passed on")),
    "moves.refuse_consent": Told("circle-x", _("Does not agree that what was done is passed on")),
    "moves.confirm_move": Told("map-pin", _("Move confirmed; the new case"), "title"),
    "moves.cancel_move": Told("arrow-back-up", _("Move cancelled")),
    "moves.open_moved_case": Told("map-pin", _("Came from another region; the case there"), "title"),
    "moves.receive_move": Told("file-text", _("Hand-over brief read"), "title"),
    "moves.accept_recognition": Told("circle-check", _("Part done elsewhere recognised")),
    "moves.refuse_recognition": Told("circle-x", _("Part done elsewhere not recognised")),
    "moves.change_programme": Told("route", _("Programme changed"), "title"),
}
CORRESPONDENCE = {
    "correspondence.write_person": Told("message", _("The person has written")),
    "correspondence.write_office": Told("message", _("Message to the person")),
    "correspondence.ask_correction": Told("help", _("The person says that something is wrong")),
    "correspondence.withdraw_correction": Told("arrow-back-up", _("The person no longer says that it is wrong")),
    "correspondence.correct": Told("check", _("What was wrong is corrected")),
    "correspondence.keep_as_is": Told("circle-x", _("Said to be wrong, stays as it is")),
    "correspondence.report_change": Told("edit", _("The person reports a change")),
    "correspondence.withdraw_change": Told("arrow-back-up", _("The person takes the report back")),
    "correspondence.accept_change": Told("check", _("Reported change taken over")),
    "correspondence.refuse_change": Told("circle-x", _("Reported change not taken over")),
}
LETTERS = {
    "notices.send_letter": Told("mail", _("Letter sent"), "kind"),
    "notices.cancel_letter": Told("ban", _("Letter cancelled"), "kind"),
}
TOLD: dict[str, Told] = {
    **LETTERS,
    **ACCESS,
    **CORRESPONDENCE,
    **MOVES,
    **OUTCOMES,
    **MEETINGS,
    **ATTENDANCE,
    **DUTIES,
    **CONTRACTS,
    **COURSES,
}
