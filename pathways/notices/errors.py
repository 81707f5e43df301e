"""What an action of this floor refuses, in sentences for the user."""

from __future__ import annotations

from django.utils.functional import Promise


class LetterRefused(Exception):  # noqa: N818  (said as the user is told)
    """The letter does not allow this act now."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.args[0])
