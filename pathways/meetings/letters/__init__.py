"""What a letter about an appointment says: the office's legal language, and a translation in the person's language."""

from __future__ import annotations

import datetime as dt
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from pathways.cases.letters import END_ISOLATE, ISOLATE
from pathways.documents.framing import Frame, frame
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date
from pathways.meetings.models import Appointment
from pathways.meetings.slots import BRUSSELS


@cache
def texts() -> dict[str, Any]:
    """The wordings by language."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "appointment.yaml").read_text(encoding="utf-8"))
    return found


def spoken_by(appointment: Appointment) -> str:
    """The person's language where there are texts for it, else the office's."""
    person, office = appointment.case.person, appointment.office
    spoken = (person.contact_language or office.language).partition("-")[0]
    return spoken if spoken in texts() else "en"


def compose_appointment(*, appointment: Appointment, about: str, on: dt.date) -> dict[str, Any]:
    """The data of `letter.typ`. `about` is booked, moved, cancelled or reminder."""
    office, person = appointment.office, appointment.case.person
    paper = Frame(
        name=str(person),
        address=(person.street, f"{person.postal_code} {person.city}".strip()),
        office=office.name,
        city=office.city,
        reference=appointment.case.reference,
        legal_language=office.language,
        person_language=spoken_by(appointment),
        on=on,
    )
    part = partial(_part, appointment, about)
    return frame(paper, part=part, notice=lambda language: str(texts()[language]["notice"]), languages=texts())


def _part(appointment: Appointment, about: str, language: str) -> dict[str, Any]:
    """The letter in one language."""
    text, values = texts()[language], _values(appointment, language)
    paragraphs = [text["greeting"], text[about]]
    if about != "cancelled":
        paragraphs += [text["place"], text["counselor"]]
        paragraphs += [text["interpreter"]] if appointment.interpreter_language else []
        paragraphs += [text["bring"], text["help"]]
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "subject": text["subject"][about].format(**values),
        "reference_label": text["reference"],
        "paragraphs": [line.format(**values) for line in paragraphs],
        "sections": [],
        "closing": text["closing"].format(**values),
        "notice": "",
    }


def _values(appointment: Appointment, language: str) -> dict[str, str]:
    """What stands in the placeholders."""
    starts = appointment.starts_at.astimezone(BRUSSELS)
    office = appointment.office
    values = {
        "name": str(appointment.case.person),
        "kind": texts()[language]["kinds"][appointment.kind],
        "date": letter_date(starts.date(), language),
        "time": f"{starts:%H:%M}",
        "place": appointment.place or f"{office.name}, {office.city}",
        "counselor": str(appointment.counselor),
        "minutes": str(round((appointment.ends_at - appointment.starts_at).total_seconds() / 60)),
        "office": office.name,
        "city": office.city,
    }
    if language in RIGHT_TO_LEFT:
        return {key: f"{ISOLATE}{value}{END_ISOLATE}" if key != "kind" else value for key, value in values.items()}
    return values
