"""Codes as they are drawn, written, read and hashed. Figures only: every phone has them, in whatever script its owner writes.

The hash is keyed with the secret key, so a copy of the database opens nothing; comparing takes the same time whatever is wrong.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from typing import Final

from django.conf import settings

HALF: Final = 6
"""Figures of the handle and of the secret: together the code on the letter."""
SENT: Final = 6
"""Figures of a code that is sent."""
GROUP: Final = 3
KNOWN: Final = "100200300400"
"""The code on a letter of the demonstration, which everybody may try."""
NO_HASH: Final = "0" * 64
"""What a code that does not exist is compared with."""


def draw(figures: int) -> str:
    """That many random figures."""
    return f"{secrets.randbelow(10**figures):0{figures}d}"


def read_figures(text: str) -> str:
    """The figures in what somebody typed, of whatever script ("٤٨٢ ١٠٣"), as Western ones; everything else is left out."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text[:80] if unicodedata.decimal(sign, None) is not None)


def grouped(figures: str) -> str:
    """Figures in groups of three: "482 103 795 526"."""
    return " ".join(figures[start : start + GROUP] for start in range(0, len(figures), GROUP))


def hash_code(purpose: str, owner: str, code: str) -> str:
    """What is kept of a code: bound to its purpose and to the row that owns it."""
    return _keyed(str(settings.SECRET_KEY), purpose, owner, code)


def fits(kept: str, purpose: str, owner: str, code: str) -> bool:
    """Whether `kept` is the hash of this code, also under an earlier secret key that is still listed."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return sum(hmac.compare_digest(kept, _keyed(str(key), purpose, owner, code)) for key in keys) > 0


def _keyed(key: str, purpose: str, owner: str, code: str) -> str:
    derived = hashlib.sha256(f"pathways.access:{key}".encode()).digest()
    return hmac.new(derived, f"{purpose}:{owner}:{code}".encode(), hashlib.sha256).hexdigest()
