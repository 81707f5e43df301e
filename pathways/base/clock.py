"""The one module that asks the clock. All others take the date as an argument: `on` a day, `at` an instant."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """This instant, with its time zone."""
    return timezone.now()


def today() -> dt.date:
    """The calendar day it is now in Belgium."""
    return timezone.localdate()
