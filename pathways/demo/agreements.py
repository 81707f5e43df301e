"""The demo's contracts: those signed long ago on paper, some signed on screen and sealed, drafts, and offers that wait."""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from collections.abc import Iterable
from dataclasses import replace

from pathways.agreements.actions import (
    draft_contract,
    offer_contract,
    record_paper_contracts,
    save_draft,
    sign_contract,
)
from pathways.agreements.models import ContractVersion
from pathways.agreements.terms import Terms, terms_of
from pathways.cases.errors import CaseError
from pathways.cases.models import Case

SEED = 20260315
SIGNED_HERE = 2
"""Contracts of each counselor that were signed on screen; each costs a paper and a seal."""
PREPARED = 3
"""Contracts of each counselor that are being written or wait to be signed."""
CHANGES = {
    "nl": "Werkt nu overdag en volgt de lessen voortaan 's avonds.",
    "fr": "Travaille désormais en journée et suit les cours le soir.",
    "de": "Arbeitet jetzt tagsüber und besucht die Kurse abends.",
}


def make_contracts(*, cases: Iterable[Case], on: dt.date) -> None:
    """Give every case whose facts say that it signed its contract, and prepare some for those who have not.

    `cases` come with person, office, counselor, facts and decision. Random numbers of its own, so that nothing else
    of the world changes with it.
    """
    chance = random.Random(SEED)  # noqa: S311  invented people, not secrets
    listed = list(cases)
    signed = [case for case in listed if case.facts.contract_signed_on and case.counselor]
    for case in _some(signed, SIGNED_HERE):
        _sign_on_screen(case, chance, on)
    record_paper_contracts(actor=None, cases=listed, on=on)
    waiting = [case for case in listed if _waits(case) and case.counselor]
    for place, case in enumerate(_some(waiting, PREPARED)):
        _prepare(case, offered=place % 3 != 0, on=on - dt.timedelta(days=(2, 20, 6)[place % 3]))


def _waits(case: Case) -> bool:
    """Has been seen and not signed yet."""
    return bool(case.facts.office_registered_on) and case.facts.contract_signed_on is None


def _some(cases: list[Case], number: int) -> list[Case]:
    """The newest `number` of each counselor; the newcomer with a sign-in is always among them."""
    found: dict[int | None, list[Case]] = {}
    for case in reversed(cases):
        mine = found.setdefault(case.counselor_id, [])
        if len(mine) < number or case.person.user_id:
            mine.append(case)
    return [case for mine in found.values() for case in mine]


def _sign_on_screen(case: Case, chance: random.Random, on: dt.date) -> None:
    """Draft, offer and sign on the days around the one that the facts know; some have changed it since."""
    day = case.facts.contract_signed_on
    _sign(_offer(case, day - dt.timedelta(days=4)), case, chance, day)
    later = day + dt.timedelta(days=70)
    if later <= on and (case.person.user_id or chance.random() < 0.3):
        assert case.office is not None
        _sign(_offer(case, later, reason=CHANGES[case.office.language]), case, chance, later)


def _offer(case: Case, day: dt.date, *, reason: str = "") -> ContractVersion:
    """A version offered on that day; with a reason an amendment with a later end."""
    version = draft_contract(actor=case.counselor, case=case, on=day)
    if reason:
        version = save_draft(
            actor=case.counselor,
            version=version,
            revision=version.revision,
            terms=_longer(terms_of(version), reason),
            on=day,
        )
    return offer_contract(actor=case.counselor, version=version, revision=version.revision, on=day)


def _longer(terms: Terms, reason: str) -> Terms:
    """Two months more, and a day on which the language course begins."""
    ends_on = terms.ends_on + dt.timedelta(days=61)
    items = tuple(
        replace(item, starts_on=terms.starts_on + dt.timedelta(days=75), ends_on=ends_on)
        if item.component == "language" and item.how == "follow"
        else item
        for item in terms.items
    )
    return replace(terms, ends_on=ends_on, reason=reason, items=items)


def _sign(version: ContractVersion, case: Case, chance: random.Random, day: dt.date) -> None:
    """Both sides sign: the person by hand, the counselor by typing."""
    counselor = case.counselor
    assert counselor is not None
    name = str(case.person)
    sign_contract(
        actor=counselor,
        version=version,
        party="person",
        method="desk_drawn",
        name=name,
        drawing=drawn(name, chance),
        on=day,
    )
    sign_contract(
        actor=counselor, version=version, party="office", method="desk_typed", name=counselor.full_name, on=day
    )


def _prepare(case: Case, *, offered: bool, on: dt.date) -> None:
    """A draft, or an offer that waits. Where the rules know no contract there is none."""
    try:
        _offer(case, on) if offered else draft_contract(actor=case.counselor, case=case, on=on)
    except CaseError:
        return


def drawn(name: str, chance: random.Random) -> str:
    """The strokes of an invented signature: a wave for each word of the name, and a line under it."""
    strokes, left = [], 10.0
    for word in name.split():
        width = 14.0 * len(word)
        swing, turns = chance.uniform(14, 22), len(word) * chance.uniform(0.55, 0.8)
        steps = 16 * len(word)
        strokes.append(
            [
                [
                    round(left + width * step / steps + 5 * math.sin(turns * 4 * math.pi * step / steps), 1),
                    round(40 - swing * math.sin(turns * 2 * math.pi * step / steps) * (1 - 0.5 * step / steps), 1),
                ]
                for step in range(steps + 1)
            ]
        )
        left += width + 8
    strokes.append([[14.0, 66.0], [left / 2, 63.0], [left - 6, 68.0]])
    return json.dumps(strokes)
