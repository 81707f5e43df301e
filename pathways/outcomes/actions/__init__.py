"""The writes of the outcomes floor."""

from __future__ import annotations

from pathways.outcomes.actions.answers import answer_breach, read_answer
from pathways.outcomes.actions.breaches import decide_term, open_breach, renew_letter, start_clock, take_step
from pathways.outcomes.actions.certificates import (
    components_of,
    issue_certificate,
    replace_certificate,
    revoke_certificate,
)
from pathways.outcomes.actions.dismissing import dismiss_breach
from pathways.outcomes.actions.readiness import refresh_readiness, refresh_recent

__all__ = [
    "answer_breach",
    "components_of",
    "decide_term",
    "dismiss_breach",
    "issue_certificate",
    "open_breach",
    "read_answer",
    "refresh_readiness",
    "refresh_recent",
    "renew_letter",
    "replace_certificate",
    "revoke_certificate",
    "start_clock",
    "take_step",
]
