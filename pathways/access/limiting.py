"""How often something may be tried: a count in the cache by window of time. Of who tries only a hash is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from django.core.cache import cache

WINDOW: Final = 600
"""Seconds."""
BY_ADDRESS: Final = 40
"""Tries from one network address in a window: an office lends its connection to many."""
BY_CONTACT: Final = 5
"""Codes asked for with one address or number in a window."""


def too_often(what: str, who: str, *, most: int, at: dt.datetime) -> bool:
    """Whether `who` has now tried `what` more than `most` times in this window. Counts the try."""
    hashed = hashlib.sha256(who.encode()).hexdigest()[:24]
    key = f"tried:{what}:{hashed}:{int(at.timestamp()) // WINDOW}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) > most
    except ValueError:  # the window ended between the two
        return False
