"""Keeps personal data out of the logs: no e-mail address, no national number, no telephone number."""

from __future__ import annotations

import logging
import re

_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail address
    r"|\b\d{2}[.\s]?\d{2}[.\s]?\d{2}[-.\s]?\d{3}[.\s]?\d{2}\b"  # national number
    r"|(?<!\w)\+\d[\d\s./-]{7,}\d"  # telephone number
)


class DiscreetFilter(logging.Filter):
    """Replaces what looks like personal data in a log line by a dash; the line itself always passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message."""
        record.msg, record.args = _PERSONAL.sub("—", record.getMessage()), None
        return True
