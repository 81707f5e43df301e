"""A breach file taken through its steps, for tests: letters are sent on the day they are written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts.models import User
from pathways.notices.actions import approve_letters, send_letters
from pathways.notices.models import Letter
from pathways.outcomes.actions import decide_term, take_step
from pathways.outcomes.models import BreachFile

SANCTIONS: list[dict[str, Any]] = [
    {"code": "registered_letter", "length": "P3M"},
    {"code": "infringement_file"},
    {"code": "defence", "decided_by": "enforcement_officer"},
    {"code": "fine", "amount_min": 50.0, "amount_max": 5000.0, "decided_by": "enforcement_officer"},
    {"code": "payment_reminder", "length": "P1M"},
    {"code": "collection"},
]
"""As in Flanders; titles and law are added by the fixture of the rule set."""


@dataclass
class Hands:
    """Who works on a file, and the day it is."""

    file: BreachFile
    counselor: User
    lead: User
    officer: User
    day: dt.date

    def step(self, act: str, **more: Any) -> BreachFile:
        """Take a step as whoever may."""
        office = {"warn", "notice", "transfer"}
        actor = self.lead if act in office or (act == "close" and "fined" not in self.file.state) else self.officer
        self.file = take_step(actor=actor, file=self.file, act=act, on=self.day, **more)
        return self.file

    def send(self) -> None:
        """Send the letters that wait."""
        drafts = Letter.objects.filter(kind__startswith="breach_", state="draft")
        approve_letters(actor=self.lead, letters=list(drafts), on=self.day)
        letters = Letter.objects.filter(kind__startswith="breach_", state="approved").select_related("office")
        send_letters(actor=self.lead, letters=list(letters), on=self.day)

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.day += dt.timedelta(days=days)

    def to_hearing(self, days: int = 21) -> None:
        """Until the person is invited to be heard, with so many days to answer."""
        self.step("notice")
        self.send()
        self.wait(100)
        self.step("transfer")
        decide_term(actor=self.lead, file=self.file, stage="hearing", days=days, reason="As usual.", on=self.day)
        self.step("invite")
        self.send()

    def to_fine(self, amount: str = "100") -> BreachFile:
        """Until the fine."""
        self.to_hearing()
        self.wait(22)
        return self.step("fine", amount=Decimal(amount), reason="No answer.")
