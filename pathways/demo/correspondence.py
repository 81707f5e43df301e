"""The demo's messages: Nour and the counselor write, each in their language; something is wrong, something has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from accounts.models import User
from pathways.cases.models import Case
from pathways.correspondence.actions import (
    answer_correction,
    ask_correction,
    refuse_change,
    report_change,
    write_message,
)
from pathways.correspondence.subjects import Subject

ASKED = "مرحباً، لدي موعد عند الطبيب يوم الاثنين. هل يمكن تغيير موعد الدرس؟"
ANSWERED = "Dag Nour, dat kan. Breng een attest van de dokter mee, dan telt de les niet als gemist."
THANKED = "شكراً جزيلاً. هل تكفي صورة من الشهادة؟"
OTHERS = {
    "breach": ("fr", "Bonjour, j'ai reçu une lettre, mais j'étais à l'hôpital. Que dois-je faire ?"),
    "suspended": ("en", "Hello, when can I start my lessons again?"),
}
"""State of the newcomer to the language and the question that waits for an answer."""


def write_and_ask(*, users: Mapping[str, User], on: dt.date) -> None:
    """A conversation, an answer that is awaited, a correction kept and one asked for, a change reported."""
    nour, lotte = users["newcomer.nour"], users["counselor.ghent"]
    case = Case.objects.select_related("person").get(person__user=nour, closed_on__isnull=True)
    write_message(actor=nour, case=case, text=ASKED, language="ar", on=on - dt.timedelta(days=2))
    write_message(actor=lotte, case=case, text=ANSWERED, language="nl", on=on - dt.timedelta(days=1))
    write_message(actor=nour, case=case, text=THANKED, language="ar", on=on)
    _wrong(nour, lotte, case, on)
    _changed(nour, lotte, case, on)
    for state, (language, text) in OTHERS.items():
        other = Case.objects.filter(
            person__user__email__startswith=f"newcomer.{state}@", closed_on__isnull=True
        ).first()
        if other and other.person.user:
            write_message(actor=other.person.user, case=other, text=text, language=language, on=on)


def _wrong(nour: User, lotte: User, case: Case, on: dt.date) -> None:
    """One answer that it stays as it is, and one question that waits."""
    text = "لقد وصلت إلى بلجيكا قبل هذا التاريخ بأسبوعين."
    registered = Subject("fact", "first_registered_on")
    asked = ask_correction(
        actor=nour, case=case, subject=registered, text=text, language="ar", on=on - dt.timedelta(days=9)
    )
    answer_correction(
        actor=lotte, request=asked, corrected=False, language="nl", on=on - dt.timedelta(days=7),
        reason="De datum komt uit het Rijksregister. De dag van inschrijving telt, niet de dag van aankomst.",
    )  # fmt: skip
    level = Subject("fact", "level_nl")
    ask_correction(
        actor=nour, case=case, subject=level, text="لدي شهادة للمستوى A1 من دورة سابقة.", language="ar", on=on
    )


def _changed(nour: User, lotte: User, case: Case, on: dt.date) -> None:
    """A report that could not be taken over, and one that waits."""
    before = on - dt.timedelta(days=20)
    mail = report_change(
        actor=nour, case=case, kind="email", values={"email": "nour.haddad@mail.example"}, language="ar", on=before
    )
    refuse_change(
        actor=lotte, report=mail, reason="Op dit adres komt geen post aan. Kijk het adres na.", language="nl", on=before
    )
    report_change(actor=nour, case=case, kind="phone", values={"phone": "0470 00 01 23"}, language="ar", on=on)
