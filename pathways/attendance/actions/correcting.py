"""Corrections after the lock window: one person asks with a reason, another decides; what hangs on it is computed anew."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from pathways.attendance.actions.outlook import refresh_outlooks
from pathways.attendance.actions.recording import minutes_attended
from pathways.attendance.counting import LATE, MARKS
from pathways.attendance.days import day_of, lock_days_of
from pathways.attendance.effects import Mark, effects_of
from pathways.attendance.models import Correction, Presence
from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def request_correction(
    *, actor: User, presence: Presence, state: str, minutes_late: int = 0, reason: str, on: dt.date
) -> Correction:
    """Ask for a mark to be corrected. The same request sent twice is kept once.

    Raises ActRefused without a reason, inside the lock window, for the mark it already is, and while another correction of
    this mark waits.
    """
    presence = Presence.objects.select_for_update(no_key=True).get(pk=presence.pk)
    case = presence.enrolment.case
    late = min(minutes_late, presence.minutes_planned) if state == LATE else 0
    old, new = Mark(presence.state, presence.minutes_late), Mark(state, late)
    waiting = Correction.objects.filter(presence=presence, state=Correction.State.REQUESTED).first()
    if waiting and waiting.requested_by_id == actor.pk and waiting.new == _kept(new):
        return waiting
    _refuse_request(presence, case, old, new, reason, waiting, on)
    correction = Correction.objects.create(
        presence=presence, case=case, old=_kept(old), new=_kept(new), reason=reason.strip(), requested_by=actor,
        requested_on=on,
    )  # fmt: skip
    _journal(actor, "request_correction", correction, on)
    return correction


def _refuse_request(
    presence: Presence, case: Case, old: Mark, new: Mark, reason: str, waiting: Correction | None, on: dt.date
) -> None:
    if not reason.strip():
        raise ActRefused(_("A correction needs a reason."))
    if new.state not in MARKS or new == old:
        raise ActRefused(_("Choose the mark that should stand there."))
    if waiting:
        raise ActRefused(_("A correction of this mark already waits for a second person."))
    if (on - day_of(presence.session)).days <= lock_days_of([case.programme])[case.programme]:
        raise ActRefused(_("This mark can still be changed in the register, without a second person."))


@transaction.atomic
def confirm_correction(*, actor: User, correction: Correction, on: dt.date) -> Correction:
    """Confirm a correction: the mark changes, and outlook and conditions with it; before and after are kept.

    Raises ActRefused for who asked, and if the mark has changed since. Confirming twice changes nothing.
    """
    locked = _decidable(actor, correction)
    if locked.state == Correction.State.CONFIRMED:
        return locked
    presence = Presence.objects.select_for_update(no_key=True).get(pk=locked.presence_id)
    new = Mark(**locked.new)
    if _kept(Mark(presence.state, presence.minutes_late)) != locked.old:
        raise ActRefused(_("The mark has changed since: refuse this correction and ask again."))
    case = Case.objects.select_related("decision").get(pk=locked.case_id)
    effects = effects_of(case=case, presence=presence, new=new, on=on)
    locked.effects = [effect.to_json() for effect in effects if effect.changed]
    presence.state, presence.minutes_late = new.state, new.minutes_late
    presence.minutes_attended = minutes_attended(new.state, new.minutes_late, presence.minutes_planned)
    presence.source, presence.recorded_by, presence.recorded_at = Presence.Source.CORRECTION, actor, Now()
    presence.save(update_fields=["state", "minutes_late", "minutes_attended", "source", "recorded_by", "recorded_at"])
    _decide(locked, actor, Correction.State.CONFIRMED, "confirm_correction", on)
    refresh_outlooks(case_ids=[locked.case_id], on=on)
    return locked


@transaction.atomic
def refuse_correction(*, actor: User, correction: Correction, on: dt.date) -> Correction:
    """Leave the mark as it is. Refusing twice changes nothing."""
    locked = _decidable(actor, correction)
    if locked.state != Correction.State.REFUSED:
        _decide(locked, actor, Correction.State.REFUSED, "refuse_correction", on)
    return locked


def _decidable(actor: User, correction: Correction) -> Correction:
    """The correction, behind the lock of its case."""
    lock_case(Case(pk=correction.case_id))
    locked = Correction.objects.select_for_update(no_key=True, of=("self",)).get(pk=correction.pk)
    if locked.requested_by_id == actor.pk:
        raise ActRefused(_("Somebody else than who asked must confirm."))
    if locked.state != Correction.State.REQUESTED and locked.decided_by_id != actor.pk:
        raise ActRefused(_("Somebody else has already decided about this correction."))
    return locked


def _decide(correction: Correction, actor: User, state: str, act: str, on: dt.date) -> None:
    correction.state, correction.decided_by, correction.decided_on = state, actor, on
    correction.save(update_fields=["state", "decided_by", "decided_on", "effects"])
    _journal(actor, act, correction, on)


def _journal(actor: User, act: str, correction: Correction, on: dt.date) -> None:
    details = {"old": correction.old, "new": correction.new, "effects": correction.effects, "on": on.isoformat()}
    record_act(
        actor=actor,
        act=f"attendance.{act}",
        case_id=correction.case_id,
        subject=str(correction.public_id),
        details=details,
    )


def _kept(mark: Mark) -> dict[str, object]:
    return {"state": mark.state, "minutes_late": mark.minutes_late}
