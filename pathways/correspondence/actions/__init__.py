"""Every write of this floor: messages, corrections asked for and answered, changes reported and taken over."""

from pathways.correspondence.actions.changing import accept_change, refuse_change, report_change, withdraw_change
from pathways.correspondence.actions.correcting import answer_correction, ask_correction, withdraw_correction
from pathways.correspondence.actions.telling import tell_newcomer, tell_waiting
from pathways.correspondence.actions.writing import read_messages, settle_messages, translate_message, write_message

__all__ = [
    "accept_change",
    "answer_correction",
    "ask_correction",
    "read_messages",
    "refuse_change",
    "report_change",
    "settle_messages",
    "tell_newcomer",
    "tell_waiting",
    "translate_message",
    "withdraw_change",
    "withdraw_correction",
    "write_message",
]
