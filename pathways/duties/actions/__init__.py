"""Every write of this floor: ask, decide, end, extend; each moves the terms that depend on it in its own transaction."""

from pathways.duties.actions.deciding import Decided, decide_ground
from pathways.duties.actions.ending import end_ground, settle_grounds
from pathways.duties.actions.extending import extend_term
from pathways.duties.actions.requesting import Paper, request_ground, withdraw_ground

__all__ = [
    "Decided",
    "Paper",
    "decide_ground",
    "end_ground",
    "extend_term",
    "request_ground",
    "settle_grounds",
    "withdraw_ground",
]
