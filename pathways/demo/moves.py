"""The demo's moves: some being prepared, some confirmed with consent or without, one cancelled, one change of programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from accounts.models import User
from pathways.cases.actions import record_facts
from pathways.cases.errors import CaseError
from pathways.cases.models import Case, Source
from pathways.moves.actions import (
    cancel_move,
    change_programme,
    confirm_move,
    decide_recognition,
    receive_move,
    record_consent,
    start_move,
)
from pathways.moves.actions.preparing import Address
from pathways.moves.models import Move
from pathways.people.models import Person

ROUTES = (
    ("counselor.liege", "44021", None, "confirmed"),
    ("counselor.liege", "11002", None, "consented"),
    ("counselor.liege", "21004", None, "listed"),
    ("counselor.ghent", "62063", None, "confirmed"),
    ("counselor.ghent", "21004", "brussels-inburgering", "listed"),
    ("counselor.ghent", "63023", None, "cancelled"),
    ("counselor.brussels", "44021", None, "refused"),
    ("counselor.bon", "11002", None, "read"),
    ("counselor.eupen", "62063", None, "listed"),
)
"""Whose case moves where, to which programme, and how far it has come."""
ADDRESSES = {
    "44021": ("Sleepstraat 40", "9000", "Gent"),
    "11002": ("Turnhoutsebaan 110", "2140", "Antwerpen"),
    "62063": ("Rue Saint-Gilles 21", "4000", "Liège"),
    "21004": ("Rue Haute 88", "1000", "Bruxelles"),
    "63023": ("Gospertstraße 12", "4700", "Eupen"),
}
SAID = {
    "nl": "Formulier ondertekend op kantoor",
    "fr": "Formulaire signé au bureau",
    "de": "Formular im Büro unterschrieben",
}


def move_people(*, users: Mapping[str, User], on: dt.date) -> None:
    """Take some cases through a move, each by a counselor of its office; nobody with a sign-in of their own moves."""
    taken: set[int] = set()
    for name, municipality, programme, state in ROUTES:
        if case := _next(users[name], taken, on):
            taken.add(case.pk)
            _move(users[name], case, municipality, programme, state, on)
    _change(users["counselor.brussels"], taken, on)


def _next(counselor: User, taken: set[int], on: dt.date) -> Case | None:
    """The counselor's case that was signed last, some weeks ago at least."""
    found = Case.objects.open().filter(
        counselor=counselor, facts__contract_signed_on__lte=on - dt.timedelta(days=40), facts__certified_on__isnull=True
    )
    others = Person.objects.filter(user__isnull=False).values("pk")
    rows = found.exclude(pk__in=taken).exclude(person__in=others).select_related("person", "office", "facts")
    return rows.order_by("-facts__contract_signed_on", "pk").first()


def _move(actor: User, case: Case, municipality: str, programme: str | None, state: str, on: dt.date) -> None:
    moved_on = on - dt.timedelta(days=16)
    if state == "listed":
        facts = {"municipality": municipality}
        list_name = Source.MUNICIPALITY_LIST
        record_facts(actor=None, case=case, facts=facts, source=list_name, valid_since=moved_on, on=on)
        return
    address = Address(municipality, moved_on, programme, *ADDRESSES[municipality])
    move = start_move(actor=actor, case=case, address=address, on=on)
    if state == "cancelled":
        cancel_move(actor=actor, move=move, reason="Verblijft er maar tijdelijk.", on=on)
        return
    language = case.office.language if case.office else "nl"
    record_consent(actor=actor, move=move, given=state != "refused", evidence=SAID[language], on=on)
    if state == "consented":
        return
    confirm_move(actor=actor, move=move, name=actor.full_name, on=on)
    if state == "read":
        _read(Move.objects.get(pk=move.pk), on)


def _read(move: Move, on: dt.date) -> None:
    """A colleague there has read the brief and recognised what compares."""
    case = move.case_to
    assert case is not None
    colleague = User.objects.filter(
        memberships__organisation__office=case.office, memberships__role="counselor"
    ).first()
    if colleague is None:
        return
    receive_move(actor=colleague, move=move, on=on)
    for one in move.recognitions.exclude(match="not"):
        decide_recognition(actor=colleague, recognition=one, accepted=True, on=on)


def _change(actor: User, taken: set[int], on: dt.date) -> None:
    case = _next(actor, taken, on)
    if case is None or case.programme != "brussels-parcours":
        return
    try:
        change_programme(
            actor=actor,
            case=case,
            programme="brussels-inburgering",
            reason="Werkt bij een Nederlandstalige firma.",
            on=on,
        )
    except CaseError:
        return
