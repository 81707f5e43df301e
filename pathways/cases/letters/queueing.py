"""What the queue of letters asks of the cases: the invitation when it is sent, many invitations, terms to be reminded of.

Imported by the app when it is ready; each function is hung on a hook of `pathways.notices.hooks`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.actions import record_invitation
from pathways.cases.errors import CaseError
from pathways.cases.letters.writing import INVITATION, waiting_invitation, write_invitation
from pathways.cases.models import Case
from pathways.notices import hooks
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter, LetterJob

WRITE_INVITATIONS = "write_invitations"
hooks.name_kind(INVITATION, gettext_lazy("Invitation"))


@hooks.case_numbers
def numbers_of_cases(references: Iterable[str]) -> Mapping[str, int]:
    """The row numbers of cases by reference."""
    return dict(Case.objects.filter(reference__in=list(references)).values_list("reference", "pk"))


@hooks.before_sending(INVITATION)
def check_invitation(letter: Letter, _on: dt.date) -> None:
    """An invitation is only sent while the case is open and somebody is to be invited."""
    case = Case.objects.select_related("decision").get(reference=letter.case_reference)
    if case.closed_on:
        raise LetterRefused(_("The case is closed."))
    if case.decision.outcome not in {"obliged", "entitled"}:
        raise LetterRefused(_("Only somebody who is obliged or entitled is invited."))


@hooks.on_sent(INVITATION)
def invitation_sent(letter: Letter, on: dt.date) -> None:
    """The case is invited since its first letter left; the paper is kept with it."""
    with _refusing():
        case = Case.objects.get(reference=letter.case_reference)
        record_invitation(actor=letter.sent_by, case=case, document=letter.document, on=on)


@hooks.bulk_act(WRITE_INVITATIONS, gettext_lazy("Write invitations"))
def write_one_invitation(job: LetterJob, reference: str) -> Letter:
    """The invitation of one of many cases, where there is none yet."""
    cases = Case.objects.select_related("person", "office", "facts", "decision")
    case = cases.filter(reference=reference, office=job.office_id, closed_on__isnull=True).first()
    if case is None:
        raise LetterRefused(_("The case is closed, or with another office."))
    if waiting_invitation(reference, on=job.on):
        raise LetterRefused(_("An invitation was written before; it is in the letters."))
    channel = job.params.get("channel", Letter.Channel.POST)
    with _refusing():
        return write_invitation(actor=job.requested_by, case=case, on=job.on, channel=channel)


@contextmanager
def _refusing() -> Iterator[None]:
    """What a case refuses is told as the refusal of the letter."""
    try:
        yield
    except CaseError as error:
        raise LetterRefused(str(error)) from error
