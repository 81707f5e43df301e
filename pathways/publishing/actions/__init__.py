"""The writes of this floor."""

from __future__ import annotations

from pathways.publishing.actions.following import follow
from pathways.publishing.actions.preparing import prepare_letters
from pathways.publishing.actions.proposing import approve, propose, send_back
from pathways.publishing.actions.releasing import release, return_reviews, settle_review
from pathways.publishing.actions.scheduling import end_in_emergency, schedule, switch_due, withdraw

__all__ = [
    "approve",
    "end_in_emergency",
    "follow",
    "prepare_letters",
    "propose",
    "release",
    "return_reviews",
    "schedule",
    "send_back",
    "settle_review",
    "switch_due",
    "withdraw",
]
