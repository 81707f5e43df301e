"""To whom a letter goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A name, the lines of a postal address, an e-mail address; what is not known is empty."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
