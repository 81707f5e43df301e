"""The writes of the notices floor."""

from __future__ import annotations

from pathways.notices.actions.letters import (
    approve_letters,
    cancel_letter,
    prepare_letter,
    record_registered_number,
)

__all__ = ["approve_letters", "cancel_letter", "prepare_letter", "record_registered_number"]
