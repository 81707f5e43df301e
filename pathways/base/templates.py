"""Strict templates: an undefined variable in one of our own templates is an error, as it would be in code."""

from __future__ import annotations

import sys
from pathlib import Path

OURS = Path(__file__).resolve().parents[2]


class UndefinedVariable(Exception):  # noqa: N818  named by what it is
    """A template of ours used a variable that its context lacks."""


class Undefined(str):
    """Django's `string_if_invalid`, which asks for `"%s" in it` and then formats itself with the variable's name.

    Templates of other packages rely on blanks, so only those below this repository are held to it.
    """

    __slots__ = ()

    def __mod__(self, variable: object) -> str:
        """Raise UndefinedVariable, unless the template being rendered is not ours."""
        context = sys._getframe(1).f_locals.get("context")  # Django passes the name alone
        template = getattr(getattr(context, "render_context", None), "template", None)
        origin = Path(str(getattr(getattr(template, "origin", None), "name", "")))
        if not origin.is_relative_to(OURS) or "site-packages" in origin.parts:
            return ""
        raise UndefinedVariable(f"{origin.relative_to(OURS)}: {variable}")
