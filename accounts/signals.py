"""Failures that allauth tells by signal alone: a wrong code by e-mail. Journalled without the address."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import login_code_rejected
from django.dispatch import receiver

from pathways.audit.actions import record_act


@receiver(login_code_rejected)
def journal_rejected_code(**_signal: Any) -> None:
    """Write a failed sign-in by code."""
    record_act(actor=None, act="accounts.sign_in_failed", details={"means": ["code"]})
