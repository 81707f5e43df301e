"""Every write of the meetings floor. Keyword-only, atomic, journalled, safe to send twice."""

from pathways.meetings.actions.assessing import AnswersWrong, drop_draft, finish_assessment, save_assessment
from pathways.meetings.actions.booking import book_appointment, cancel_appointment, move_appointment, record_outcome
from pathways.meetings.actions.calendars import close_calendar, renew_calendar_key
from pathways.meetings.actions.following import plan_follow_ups
from pathways.meetings.actions.own import see_own_change
from pathways.meetings.actions.papers import ask_paper, receive_paper, withdraw_paper

__all__ = [
    "AnswersWrong",
    "ask_paper",
    "book_appointment",
    "cancel_appointment",
    "close_calendar",
    "drop_draft",
    "finish_assessment",
    "move_appointment",
    "plan_follow_ups",
    "receive_paper",
    "record_outcome",
    "renew_calendar_key",
    "save_assessment",
    "see_own_change",
    "withdraw_paper",
]
