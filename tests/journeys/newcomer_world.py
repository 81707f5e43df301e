"""Somebody of Eupen, where the law asks for 80 % of the lessons: rules, office and lessons of the journey of a newcomer."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal

from PIL import Image

from accounts.actions import add_membership
from accounts.models import User
from accounts.roles import Role
from pathways.access.actions import issue_code
from pathways.agreements.actions import draft_contract, offer_contract
from pathways.agreements.models import ContractVersion
from pathways.attendance.actions import record_result
from pathways.base.clock import now
from pathways.cases.actions import open_case, record_facts
from pathways.cases.models import Case, Source
from pathways.cases.values import FactValue
from pathways.courses.actions import create_provider
from pathways.courses.models import Course, Enrolment, Session
from pathways.people.actions import Newcomer, create_person
from tests.attendance.conftest import mark
from tests.courses.conftest import at

BORN = dt.date(1994, 5, 2)
GPS, MAKER = 0x8825, 0x010F


@dataclass
class Office:
    """What the office does of the journey, on the day of the journey."""

    counselor: User
    case: Case
    on: dt.date

    def print_code(self) -> str:
        """The figures of the access letter."""
        _code, figures = issue_code(
            actor=self.counselor, person=self.case.person, case_id=self.case.pk, on=self.on, at=now()
        )
        return figures

    def offer(self) -> ContractVersion:
        """A contract to sign."""
        version = draft_contract(actor=self.counselor, case=self.case, on=self.on)
        return offer_contract(actor=self.counselor, version=version, revision=version.revision, on=self.on)

    def teach(self, component: str, days: list[int], *, hour: int) -> Enrolment:
        """A course with a lesson on each of these days, counted from today, and the newcomer in it."""
        provider = create_provider(actor=None, code="school", name="KPVDB", region="german_community", on=self.on)
        dates = [self.on + dt.timedelta(days=number) for number in days]
        course = Course.objects.create(
            provider=provider, title=f"Deutsch {hour}", component=component, language="de", hours=Decimal(len(days)),
            timetable=[], calendar="german", starts_on=dates[0], ends_on=dates[-1], capacity=12,
        )  # fmt: skip
        for day in dates:
            starts = at(day, hour)
            Session.objects.create(course=course, starts_at=starts, ends_at=starts + dt.timedelta(hours=1), minutes=60)
        return Enrolment.objects.create(
            course=course, case=self.case, enrolled_on=dates[0], starts_on=dates[0], state="enrolled"
        )

    def mark(self, enrolment: Enrolment, marks: str) -> None:
        """The teacher marks who was there."""
        mark(enrolment, marks, on=self.on)

    def pass_test(self, enrolment: Enrolment) -> None:
        """The teacher records a test."""
        record_result(actor=None, enrolment=enrolment, kind="test", passed=True, on=self.on)

    def again(self) -> Case:
        """The case as it is now."""
        return Case.objects.select_related("person", "office", "facts", "decision").get(pk=self.case.pk)


def open_office(counselor: User, on: dt.date) -> Office:
    """Selam, who reads Arabic and came to Eupen 300 days ago; the counselor works in the office there."""
    came = on - dt.timedelta(days=300)
    newcomer = Newcomer("Tesfay", "Selam", BORN, contact_language="ar", phone="+32470000001")
    person = create_person(actor=counselor, newcomer=newcomer, on=on)
    facts: dict[str, FactValue | None] = {
        "municipality": "63023",
        "birth_date": BORN,
        "nationality": "SY",
        "register": "foreigners",
        "first_registered_on": came,
        "registered_in_region_on": came,
        "legal_stay_since": came,
        "permit_type": "A",
        "permit_months": 60,
        "stay_motive": "protection",
        "asylum_status": "refugee",
    }
    case = open_case(actor=counselor, person=person, facts=facts, source=Source.DOCUMENT, on=on)
    assert case.office
    add_membership(actor=None, user=counselor, role=Role.COUNSELOR, organisation=case.office.organisation, on=on)
    seen: dict[str, FactValue | None] = {"office_registered_on": came}
    record_facts(actor=counselor, case=case, facts=seen, source=Source.OFFICE, on=on)
    return Office(counselor, case, on)


def photo_with_place() -> bytes:
    """A photo that tells where and with what it was taken."""
    exif = Image.Exif()
    exif[MAKER] = "Secret Camera"
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 37.0, 40.0), 3: "E", 4: (6.0, 2.0, 10.0)})
    kept = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(kept, "JPEG", exif=exif)
    assert tells_place(kept.getvalue())
    return kept.getvalue()


def tells_place(picture: bytes) -> bool:
    """Whether anything of the place or the camera is in a picture."""
    exif = Image.open(io.BytesIO(picture)).getexif()
    return bool(dict(exif)) or bool(exif.get_ifd(GPS)) or b"Secret Camera" in picture or b"Exif" in picture
