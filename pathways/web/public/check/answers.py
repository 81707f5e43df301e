"""The answers of one reader. They travel sealed in the address: nothing is stored, and no log can read them."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

LONGEST = 2000


@dataclass(frozen=True)
class Answers:
    """What was answered, by fact, in the order of asking. `everywhere`: the other regions are to be decided too."""

    given: Mapping[str, str] = field(default_factory=dict)
    everywhere: bool = False

    def with_answer(self, name: str, value: str) -> Answers:
        """The same with one answer more, or another one in its place."""
        return replace(self, given={**self.given, name: value})

    def sealed(self) -> str:
        """The answers as a text for an address, readable by this installation alone."""
        content = json.dumps([int(self.everywhere), self.given], separators=(",", ":"), ensure_ascii=False)
        return _sealer().encrypt(zlib.compress(content.encode(), 9)).decode()


def unsealed(token: str) -> Answers:
    """The answers in an address; none where it was tampered with or is too old for the keys of today."""
    if not token or len(token) > LONGEST:
        return Answers()
    try:
        everywhere, given = json.loads(zlib.decompress(_sealer().decrypt(token.encode())))
    except InvalidToken:
        return Answers()
    return Answers(given, bool(everywhere))


def _sealer() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(f"pathways.check:{key!s}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
