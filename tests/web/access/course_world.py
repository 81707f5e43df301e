"""A course of Flanders that is still to begin, and a case in it: what the rows about courses name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pathways.cases.models import Case
from pathways.courses.actions import Offer, create_course, create_provider, enrol
from pathways.courses.models import Enrolment


def enrolment_in_a_course(case: Case, *, on: dt.date) -> Enrolment:
    """Enrols the case in a new course."""
    provider = create_provider(actor=None, code="school", name="School", region="flanders", on=on)
    offer = Offer(
        title="Dutch 1.1",
        component="language",
        language="nl",
        hours=Decimal(30),
        timetable=({"weekday": 2, "starts": "09:00", "ends": "12:00"},),
        calendar="flemish",
        starts_on=on + dt.timedelta(days=30),
        capacity=10,
    )
    course = create_course(actor=None, provider=provider, offer=offer, on=on)
    return enrol(actor=None, course=course, case=case, on=on)
