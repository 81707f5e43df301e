"""A wall of the database that is met becomes a sentence for the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pathways.cases.errors import ActRefused


class SlotTaken(ActRefused):
    """Somebody else has this time."""


SENTENCES: Final[dict[str, Promise]] = {
    "appointment_counselor_once": _("The counselor has another appointment at that time. Choose another time."),
    "appointment_case_once": _("This person has another appointment at that time. Choose another time."),
    "appointment_length": _("An appointment lasts from five minutes to eight hours."),
}


@contextmanager
def walls_in_words() -> Iterator[None]:
    """Runs its body in a transaction; a constraint that refuses is told as a sentence. Raises SlotTaken or ActRefused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if name not in SENTENCES:
            raise
        refusal = SlotTaken if name.endswith("_once") else ActRefused
        raise refusal(SENTENCES[name]) from error
