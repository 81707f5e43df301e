"""What other floors tell this one: a letter of a breach file was sent, so its clock runs."""

from __future__ import annotations

import datetime as dt

from pathways.notices import hooks
from pathways.notices.models import Letter
from pathways.outcomes.actions.breaches import start_clock
from pathways.outcomes.procedure import STARTS


def _sent(letter: Letter, on: dt.date) -> None:
    start_clock(letter=letter, on=on)


for _act in STARTS:
    hooks.on_sent(f"breach_{_act.value}")(_sent)
