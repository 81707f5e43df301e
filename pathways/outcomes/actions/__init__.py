"""The writes of the outcomes floor."""

from __future__ import annotations

from pathways.outcomes.actions.certificates import issue_certificate, replace_certificate, revoke_certificate
from pathways.outcomes.actions.readiness import refresh_readiness, refresh_recent

__all__ = [
    "issue_certificate",
    "refresh_readiness",
    "refresh_recent",
    "replace_certificate",
    "revoke_certificate",
]
