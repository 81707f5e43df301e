"""The writes of the notices floor."""

from __future__ import annotations

from pathways.notices.actions.jobs import (
    MOST_ITEMS,
    expire_papers,
    request_job,
    restart_job,
    run_job,
    send_letters,
)
from pathways.notices.actions.letters import (
    approve_letters,
    cancel_letter,
    prepare_letter,
    record_registered_number,
)
from pathways.notices.actions.reminding import send_reminders
from pathways.notices.actions.sending import settle_doubtful

__all__ = [
    "MOST_ITEMS",
    "approve_letters",
    "cancel_letter",
    "expire_papers",
    "prepare_letter",
    "record_registered_number",
    "request_job",
    "restart_job",
    "run_job",
    "send_letters",
    "send_reminders",
    "settle_doubtful",
]
