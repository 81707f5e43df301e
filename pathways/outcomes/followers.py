"""What this floor hangs on letters: what staff call its kinds, and that the clock of a breach file runs once one is sent."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from pathways.notices import hooks
from pathways.notices.models import Letter
from pathways.outcomes.actions.breaches import start_clock
from pathways.outcomes.breach_words import LETTERS
from pathways.outcomes.procedure import STARTS


def _sent(letter: Letter, on: dt.date) -> None:
    start_clock(letter=letter, on=on)


for _act in STARTS:
    hooks.on_sent(f"breach_{_act.value}")(_sent)
for _act, _name in LETTERS.items():
    hooks.name_kind(f"breach_{_act.value}", _name)
hooks.name_kind("certificate_revoked", _("Certificate revoked"))
hooks.name_kind("certificate_replaced", _("Certificate replaced"))
