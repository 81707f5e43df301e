"""What floors above hang on letters: what happens when one is sent or cancelled, reminders, acts on many, case numbers.

Register in the `ready()` of the app (the module that registers is imported there); a name is registered once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from pathways.notices.job_models import LetterJob
    from pathways.notices.models import Letter

Follow = Callable[["Letter", dt.date], object]
Prepare = Callable[["LetterJob", str], "Letter | None"]
Remind = Callable[[dt.date], Iterable[Callable[[], object]]]
Numbers = Callable[[Iterable[str]], Mapping[str, int]]

_before: dict[str, Follow] = {}
_sent: dict[str, Follow] = {}
_cancelled: dict[str, Follow] = {}
_reminders: dict[str, Remind] = {}
_acts: dict[str, Prepare] = {}
_numbers: list[Numbers] = []
_kinds: dict[str, Promise] = {}
_act_names: dict[str, Promise] = {}


def name_kind(kind: str, label: Promise) -> None:
    """Register what staff call a letter of this kind; the filter of the queue offers it."""
    _kinds[kind] = label


def kind_names() -> dict[str, Promise]:
    """The registered kinds and what staff call them."""
    return dict(_kinds)


def before_sending(kind: str) -> Callable[[Follow], Follow]:
    """Register `function(letter, on)`, asked before a letter of this kind leaves; raises LetterRefused where it must not."""
    return _registering(_before, kind)


def on_sent(kind: str) -> Callable[[Follow], Follow]:
    """Register `function(letter, on)` to run once, in the transaction that marks a letter of this kind as sent."""
    return _registering(_sent, kind)


def on_cancelled(kind: str) -> Callable[[Follow], Follow]:
    """Register `function(letter, on)` to run in the transaction that cancels a letter of this kind."""
    return _registering(_cancelled, kind)


def reminders(code: str) -> Callable[[Remind], Remind]:
    """Register `function(on)` that gives what is to be reminded of on day `on`: calls that each prepare one letter.

    Each call is made in a transaction of its own and uses `prepare_letter` with a key that says of what is reminded (so that
    it happens once) and `automatic=True`, so that an e-mail leaves at once. A window of days makes up for missed ones.
    """

    def register(function: Remind) -> Remind:
        _reminders[code] = function
        return function

    return register


def bulk_act(code: str, label: Promise) -> Callable[[Prepare], Prepare]:
    """Register `function(job, subject) -> Letter | None`: what a job with this act does for each subject, in a transaction.

    `label` says what the job does ("Write invitations").
    """
    _act_names[code] = label

    def register(function: Prepare) -> Prepare:
        _acts[code] = function
        return function

    return register


def case_numbers(function: Numbers) -> Numbers:
    """Register how references become row numbers of cases, so that the journal of a case shows its letters."""
    _numbers[:] = [function]
    return function


def check_before_sending(letter: Letter, on: dt.date) -> None:
    """Ask whoever registered for this kind. Raises LetterRefused."""
    if function := _before.get(letter.kind):
        function(letter, on)


def run_sent(letter: Letter, on: dt.date) -> None:
    """Tell whoever registered for this kind that the letter is sent."""
    if function := _sent.get(letter.kind):
        function(letter, on)


def run_cancelled(letter: Letter, on: dt.date) -> None:
    """Tell whoever registered for this kind that the letter will not be sent."""
    if function := _cancelled.get(letter.kind):
        function(letter, on)


def reminder_sources() -> Mapping[str, Remind]:
    """All registered sources of reminders."""
    return dict(_reminders)


def act_named(code: str) -> Prepare | None:
    """The registered act on many."""
    return _acts.get(code)


def act_names() -> dict[str, Promise]:
    """The registered acts on many and what they do."""
    return dict(_act_names)


def numbers_of(references: Iterable[str]) -> Mapping[str, int]:
    """The row numbers of cases by reference; none where nobody registered."""
    wanted = {reference for reference in references if reference}
    return _numbers[0](wanted) if _numbers and wanted else {}


def _registering(table: dict[str, Follow], kind: str) -> Callable[[Follow], Follow]:
    def register(function: Follow) -> Follow:
        table[kind] = function
        return function

    return register
