"""The writes of this floor."""

from __future__ import annotations

from pathways.access.actions.entering import confirm_sign_in_code, enter_by_number, redeem_code
from pathways.access.actions.issuing import close_way_in, forget_codes, issue_code, revoke_code
from pathways.access.actions.sending import ask_sign_in_code, send_sign_in_code

__all__ = [
    "ask_sign_in_code",
    "close_way_in",
    "confirm_sign_in_code",
    "enter_by_number",
    "forget_codes",
    "issue_code",
    "redeem_code",
    "revoke_code",
    "send_sign_in_code",
]
