"""What this floor refuses, in sentences for the user."""

from __future__ import annotations

from django.utils.functional import Promise


class AccessRefused(Exception):  # noqa: N818  (said as the user is told)
    """The way in cannot be given or taken like this."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.args[0])
