"""Every write of this floor: drafting, offering, signing, ending, and taking over what was signed on paper."""

from pathways.agreements.actions.drafting import (
    draft_contract,
    offer_contract,
    revise_offer,
    save_draft,
    withdraw_version,
)
from pathways.agreements.actions.ending import end_contract
from pathways.agreements.actions.paper import record_paper_contracts
from pathways.agreements.actions.signing import sign_contract

__all__ = [
    "draft_contract",
    "end_contract",
    "offer_contract",
    "record_paper_contracts",
    "revise_offer",
    "save_draft",
    "sign_contract",
    "withdraw_version",
]
