"""What every template may use beside its own context: `shell`, the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathways.web.shell import Shell

if TYPE_CHECKING:
    from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The frame of this request; it asks the database only for what a template draws."""
    return {"shell": Shell(request)}
