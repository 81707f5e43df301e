"""Reminders of appointments: an e-mail three days ahead, or a letter a week ahead. Each at most once for each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.meetings.letters.writing import KIND, REMINDER, key_of, write_appointment_letter
from pathways.meetings.models import Appointment
from pathways.meetings.slots import bounds
from pathways.notices import hooks
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter

EMAIL_DAYS = 3
POST_DAYS = 8
MOST_AT_ONCE = 2_000
hooks.name_kind(KIND, gettext_lazy("Appointment"))
hooks.name_kind(REMINDER, gettext_lazy("Reminder of an appointment"))


@hooks.reminders("appointments")
def due_reminders(on: dt.date) -> Iterator[Callable[[], object]]:
    """The appointments of the next days of which nobody has been reminded. Two queries.

    A letter needs days to arrive and is only worth it where the appointment was made long before.
    """
    tomorrow, soon = bounds(on + dt.timedelta(days=1), EMAIL_DAYS)
    later = bounds(on, POST_DAYS)[1]
    by_email = ~Q(case__person__email="") & Q(starts_at__lt=soon)
    by_post = Q(case__person__email="", starts_at__gte=soon, starts_at__lt=later)
    booked_before = Q(booked_on__lt=on - dt.timedelta(days=1))
    found = Appointment.objects.to_come().filter(by_email | by_post & booked_before, starts_at__gte=tomorrow)
    appointments = list(
        found.select_related("case__person", "office", "counselor").order_by("starts_at")[:MOST_AT_ONCE]
    )
    keys = {key_of(one, "reminder"): one for one in appointments}
    told = set(Letter.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    for key, one in keys.items():
        if key not in told:
            channel = Letter.Channel.EMAIL if one.case.person.email else Letter.Channel.POST
            yield partial(
                write_appointment_letter,
                actor=None,
                appointment=one,
                about="reminder",
                channel=channel,
                automatic=True,
                on=on,
            )


def _check(letter: Letter, _on: dt.date) -> None:
    """A letter about an appointment only leaves while it says the truth."""
    _kind, public_id, minute, about = letter.dedupe_key.split(":")
    appointment = Appointment.objects.filter(public_id=public_id).first()
    if appointment is None:
        raise LetterRefused(_("This appointment does not exist."))
    moved = f"{appointment.starts_at:%Y%m%d%H%M}" != minute
    if moved or appointment.is_to_come == (about == "cancelled"):
        raise LetterRefused(_("The appointment has changed; this letter is no longer true."))


hooks.before_sending(KIND)(_check)
hooks.before_sending(REMINDER)(_check)
