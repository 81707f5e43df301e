"""Every write of this floor: start, prepare, confirm or cancel a move; take it in; and change programme in Brussels."""

from pathways.moves.actions.confirming import confirm_move
from pathways.moves.actions.preparing import cancel_move, change_address, record_consent, start_move
from pathways.moves.actions.programme import change_programme
from pathways.moves.actions.receiving import decide_recognition, draft_with_recognised, receive_move

__all__ = [
    "cancel_move",
    "change_address",
    "change_programme",
    "confirm_move",
    "decide_recognition",
    "draft_with_recognised",
    "receive_move",
    "record_consent",
    "start_move",
]
