"""Own facts while they are recorded: which of them a case may have, and which of those the actor may record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pathways.programmes.models import OwnFact
from pathways.programmes.queries import own_facts_named, programmes_of_case, recordable_own_facts
from pathways.rules import NO_OWN, Own, is_own

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case


@dataclass
class OwnFactsOf:
    """The own facts that some recording names: `facts` are all that exist. No query where it names none."""

    facts: Own
    definitions: Mapping[str, OwnFact]
    actor: User | None
    on: dt.date

    @classmethod
    def recorded(cls, facts_of: Mapping[int, Iterable[str]], *, actor: User | None, on: dt.date) -> OwnFactsOf:
        """For facts about to be recorded, by case."""
        names = {name for facts in facts_of.values() for name in facts if is_own(name)}
        if not names:
            return cls(NO_OWN, {}, actor, on)
        found = {row.name: row for row in OwnFact.objects.filter(retired_on__isnull=True)}
        return cls(own_facts_named(names), found, actor, on)

    def of(self, case: Case) -> Own:
        """Those that this actor may record for the case."""
        programmes = set(programmes_of_case(case.region, case.programme))
        return {
            name: row.fact
            for name, row in self.definitions.items()
            if programmes & set(row.programmes) and self._may_record(row, case)
        }

    def _may_record(self, row: OwnFact, case: Case) -> bool:
        """The software records what a list or a rule says; a person what is theirs to record."""
        if self.actor is None or row.recorded_by != OwnFact.Recorder.TEAM_LEAD:
            return True
        return case.office_id in self._led

    @cached_property
    def _led(self) -> frozenset[int]:
        """The offices that the actor leads."""
        assert self.actor is not None
        held = self.actor.memberships.held_on(self.on).filter(role="team_lead", organisation__office__isnull=False)
        return frozenset(held.values_list("organisation__office", flat=True))


def recordable_for(case: Case, *, leads: bool) -> Own:
    """The own facts that a form offers for a case, to somebody who `leads` its office or not. One query."""
    found = recordable_own_facts(programmes_of_case(case.region, case.programme))
    return {name: row.fact for name, row in found.items() if leads or row.recorded_by != OwnFact.Recorder.TEAM_LEAD}
