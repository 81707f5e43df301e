"""How often one address may ask: a count in the cache, by window of time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache

from pathways.base.clock import now

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW: Final = 600
MOST: Final = 30


def asks_too_often(request: HttpRequest, what: str, *, most: int = 0) -> bool:
    """Whether this address has asked `what` more than `most` (MOST) times in this window of WINDOW seconds. Counts the asking."""
    address = hashlib.sha256(str(get_adapter().get_client_ip(request)).encode()).hexdigest()[:24]
    key = f"asked:{what}:{address}:{int(now().timestamp()) // WINDOW}"
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key) > (most or MOST)
    except ValueError:  # the window ended between the two
        return False
