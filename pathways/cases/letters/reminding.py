"""Reminders of terms of law: two weeks before the day, one letter or e-mail for each term, in both languages.

A term is looked for over all the days until it ends, so days on which nobody looked are made up for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import yaml
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.letters import END_ISOLATE, ISOLATE
from pathways.cases.letters.writing import REGION_PROGRAMMES
from pathways.cases.models import Case
from pathways.documents.actions import store_document
from pathways.documents.framing import Frame, frame
from pathways.documents.models import Document
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date, typeset
from pathways.notices import hooks
from pathways.notices.actions import prepare_letter
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter
from pathways.notices.recipients import Recipient
from pathways.rules import PROGRAMMES

TERM_REMINDER: Final = "term_reminder"
DAYS_BEFORE: Final = 14
MOST_AT_ONCE: Final = 2_000
"""Reminders prepared in one run; the next one goes on."""
hooks.name_kind(TERM_REMINDER, gettext_lazy("Reminder of a term"))


_waiting: list[Callable[[], Exists]] = []


def remind_nobody_where(condition: Callable[[], Exists]) -> None:
    """Register a condition on cases under which no term is reminded of: a floor above holds back what follows from it."""
    _waiting.append(condition)


@cache
def reminder_texts() -> dict[str, Any]:
    """The wordings of the reminder by language."""
    texts: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "reminder.yaml").read_text(encoding="utf-8"))
    return texts


@hooks.reminders("terms")
def due_terms(on: dt.date) -> Iterator[Callable[[], object]]:
    """The terms that end within two weeks, of which nobody has been reminded and that are not held back. One query."""
    key = Concat(
        Value("term:"), "reference", Value(":"), "decision__next_due", Value(":"), _iso("decision__next_due_on")
    )
    cases = Case.objects.filter(
        closed_on__isnull=True,
        office__isnull=False,
        decision__outcome="obliged",
        decision__next_due__in=list(reminder_texts()["en"]["what"]),
        decision__next_due_on__range=(on, on + dt.timedelta(days=DAYS_BEFORE)),
    )
    told = Letter.objects.filter(dedupe_key=OuterRef("key"))
    found = cases.annotate(key=key).exclude(Exists(told)).select_related("person", "office", "decision")
    for condition in _waiting:
        found = found.exclude(condition())
    for case in found.order_by("decision__next_due_on", "pk")[:MOST_AT_ONCE]:
        yield partial(prepare_term_reminder, case=case, on=on)


def _iso(field: str) -> Cast:
    """A day as its ISO text."""
    return Cast(F(field), CharField())


@hooks.before_sending(TERM_REMINDER)
def check_reminder(letter: Letter, _on: dt.date) -> None:
    """A reminder is only sent while its term is still the next one of an open case."""
    _term, reference, code, day = letter.dedupe_key.split(":")
    case = Case.objects.select_related("decision").get(reference=reference)
    if case.closed_on or case.decision.next_due != code or str(case.decision.next_due_on) != day:
        raise LetterRefused(_("This term is met or has moved; there is nothing to be reminded of."))


def prepare_term_reminder(*, case: Case, on: dt.date) -> Letter:
    """The reminder of the next term of `case`: by e-mail where there is an address, else by post."""
    office, person, decision = case.office, case.person, case.decision
    assert office is not None
    spoken = (person.contact_language or office.language).partition("-")[0]
    data = compose_reminder(case=case, on=on, spoken=spoken)
    document = store_document(
        actor=None,
        name=f"{case.reference}-{decision.next_due}-{decision.next_due_on}.pdf",
        media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=typeset("letter", data, made_at=dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)),
    )
    address = (person.street, f"{person.postal_code} {person.city}".strip())
    return prepare_letter(
        actor=None,
        office_id=office.pk,
        case_reference=case.reference,
        kind=TERM_REMINDER,
        title=data["legal"]["subject"],
        recipient=Recipient(name=str(person), address=address, email=person.email),
        language=spoken,
        document=document,
        channel=Letter.Channel.EMAIL if person.email else Letter.Channel.POST,
        dedupe_key=f"term:{case.reference}:{decision.next_due}:{decision.next_due_on}",
        needs_approval=False,
        automatic=True,
        on=on,
    )


def compose_reminder(*, case: Case, on: dt.date, spoken: str) -> dict[str, Any]:
    """The data of `letters/letter.typ`: the legal text, and a translation where the person's language is another one."""
    office, person = case.office, case.person
    assert office is not None
    paper = Frame(
        name=str(person),
        address=(person.street, f"{person.postal_code} {person.city}".strip()),
        office=office.name,
        city=office.city,
        reference=case.reference,
        legal_language=office.language,
        person_language=spoken,
        on=on,
    )
    return frame(
        paper,
        part=partial(_part, case),
        notice=lambda language: str(reminder_texts()[language]["notice"]),
        languages=reminder_texts(),
    )


def _part(case: Case, language: str) -> dict[str, Any]:
    """The reminder in one language."""
    text = reminder_texts()[language]
    office, decision = case.office, case.decision
    assert office is not None
    assert decision.next_due_on is not None
    titles = dict(PROGRAMMES[case.programme].titles) if case.programme else REGION_PROGRAMMES[case.region]
    values = {
        "name": str(case.person),
        "programme": titles.get(language) or titles["en"],
        "office": office.name,
        "city": office.city,
        "date": letter_date(decision.next_due_on, language),
    }
    if language in RIGHT_TO_LEFT:
        values = {key: f"{ISOLATE}{value}{END_ISOLATE}" for key, value in values.items()}
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "subject": text["subject"].format(**values),
        "reference_label": text["reference"],
        "paragraphs": [
            text["greeting"].format(**values),
            text["intro"].format(**values),
            text["what"][decision.next_due],
            text["help"].format(**values),
        ],
        "sections": [],
        "closing": text["closing"].format(**values),
        "notice": "",
    }
