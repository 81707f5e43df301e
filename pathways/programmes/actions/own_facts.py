"""Facts of one's own: an administrator adds one to programmes, rewords it, retires it. None needs a deployment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.programmes.models import OwnFact
from pathways.programmes.queries.own_facts import definition_of, rule_sets_using
from pathways.rules import FACTS, PROGRAMMES, rule_set_problems

if TYPE_CHECKING:
    from accounts.models import User

Labels = Mapping[str, str]
FIXED = ("code", "type", "blank")


class OwnFactError(Exception):
    """A fact cannot be added or changed so; the text says why. `field` is the faulty one, "" for the whole."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def add_own_fact(*, actor: User | None, fact: OwnFact, on: dt.date) -> OwnFact:
    """Keep a new fact. From then on forms, lists, conditions and the API offer it. Raises OwnFactError."""
    _check(fact)
    fact.created_by = actor
    try:
        with transaction.atomic():
            fact.save(force_insert=True)
            _journal(actor, "add_own_fact", fact, on)
    except IntegrityError as error:
        raise OwnFactError("code", _("There is a fact of this code already.")) from error
    return fact


def change_own_fact(*, actor: User | None, fact: OwnFact, changes: Mapping[str, Any], on: dt.date) -> OwnFact:
    """Change labels, choices, programmes, who may record it; kind and code only while no rule set used it. Raises OwnFactError.

    A choice that a used fact had stays: values that were recorded must keep their meaning.
    """
    with transaction.atomic():
        locked = OwnFact.objects.select_for_update().get(pk=fact.pk)
        used = is_used(locked)
        if used and any(name in changes and changes[name] != getattr(locked, name) for name in FIXED):
            raise OwnFactError("type", _("A published rule set uses this fact: its code and type stay."))
        if used and "choices" in changes and not _keeps(locked.choices, changes["choices"]):
            raise OwnFactError("choices", _("A published rule set uses this fact: its choices stay, and their order."))
        for name, value in changes.items():
            setattr(locked, name, value)
        _check(locked)
        locked.save(update_fields=list(changes))
        _journal(actor, "change_own_fact", locked, on)
    return locked


def retire_own_fact(*, actor: User | None, fact: OwnFact, on: dt.date) -> OwnFact:
    """Let nobody record the fact any more; what was recorded stays, and rules that use it go on."""
    with transaction.atomic():
        locked = OwnFact.objects.select_for_update().get(pk=fact.pk)
        if locked.retired_on is None:
            locked.retired_on = on
            locked.save(update_fields=["retired_on"])
            _journal(actor, "retire_own_fact", locked, on)
    return locked


def is_used(fact: OwnFact) -> bool:
    """Whether a rule set that is more than a draft uses the fact: then it keeps code, type and meaning of blank."""
    return rule_sets_using(fact.code).exclude(state="draft").exists()


def _keeps(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the old choices are the beginning of the new ones: the first one may be what blank means."""
    return [choice["code"] for choice in new][: len(old)] == [choice["code"] for choice in old]


def _check(fact: OwnFact) -> None:
    if not fact.programmes or any(code not in PROGRAMMES for code in fact.programmes):
        raise OwnFactError("programmes", _("Choose at least one programme."))
    if fact.code in FACTS:
        raise OwnFactError("code", _("A fact of the catalogue has this name."))
    for problem in _form_problems(fact):
        raise OwnFactError(problem[0], problem[1])


def _form_problems(fact: OwnFact) -> list[tuple[str, str]]:
    """Faults of the definition as a rule set would have it, as (field, sentence)."""
    fields = {"code": "code", "label": "labels", "choices": "choices", "type": "type"}
    found = []
    for problem in rule_set_problems({"facts": [definition_of(fact)]}):
        steps = problem.pointer.split("/")
        if steps[1:3] == ["facts", "0"]:
            found.append((fields.get(steps[3] if len(steps) > 3 else "", ""), problem.message))
    if (fact.type == OwnFact.Type.CHOICE) != bool(fact.choices):
        found.append(("choices", _("A fact that is one of a list has a list; no other has one.")))
    return found


def _journal(actor: User | None, act: str, fact: OwnFact, on: dt.date) -> None:
    details = {"type": fact.type, "programmes": sorted(fact.programmes), "on": str(on)}
    record_act(actor=actor, act=f"programmes.{act}", subject=fact.name, details=details)
