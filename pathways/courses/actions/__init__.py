"""The writes of this floor: offers, their sessions, and who is in them."""

from __future__ import annotations

from pathways.courses.actions.choosing import answer_wish, choose_course, say_none_fits
from pathways.courses.actions.enrolling import (
    TRIAL_DAYS,
    change_needs,
    complete_enrolment,
    confirm_trial,
    enrol,
    stop_enrolment,
)
from pathways.courses.actions.offering import (
    Offer,
    change_course,
    create_course,
    create_provider,
    generate_sessions,
    preview,
)
from pathways.courses.actions.scheduling import add_make_up_session, cancel_session, hold_session, move_session
from pathways.courses.actions.waiting import KEPT_DAYS, accept_place, lapse_offers, promote_waiting
from pathways.courses.values import Needs

__all__ = [
    "KEPT_DAYS",
    "TRIAL_DAYS",
    "Needs",
    "Offer",
    "accept_place",
    "add_make_up_session",
    "answer_wish",
    "cancel_session",
    "change_course",
    "change_needs",
    "choose_course",
    "complete_enrolment",
    "confirm_trial",
    "create_course",
    "create_provider",
    "enrol",
    "generate_sessions",
    "hold_session",
    "lapse_offers",
    "move_session",
    "preview",
    "promote_waiting",
    "say_none_fits",
    "stop_enrolment",
]
