"""Messages: written by either side, seen by the other, settled by the office, translated where somebody asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.roles import Role
from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message, MessagePaper, MessageTranslation
from pathways.correspondence.permissions import is_own
from pathways.correspondence.translating import translator
from pathways.documents.uploads import store_upload

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.documents.uploads import Upload

LONGEST = 4000
TELL = "pathways.correspondence.tasks.tell_newcomer"


def write_message(
    *,
    actor: User,
    case: Case,
    text: str,
    language: str,
    papers: Sequence[Upload] = (),
    correction: CorrectionRequest | None = None,
    change: ChangeReport | None = None,
    on: dt.date,
) -> Message:
    """Write to the other side, in the language of the writer. One of the office settles what the newcomer had written.

    An answer to a request carries it, and may lack a text. Raises ActRefused for a closed case or an empty message.
    """
    said = text.strip()
    if len(said) > LONGEST:
        raise ActRefused(_("This message is too long. Please send two messages."))
    if not said and correction is None and change is None:
        raise ActRefused(_("Please write a message."))
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on and correction is None and change is None:
            raise ActRefused(_("This file is closed. You can read the messages, but not write."))
        side = Message.Side.PERSON if is_own(actor, locked) else Message.Side.OFFICE
        message = Message.objects.create(
            case=locked, side=side, author=actor, author_role=_role(actor, locked, side, on), language=language[:12],
            text=said, correction=correction, change=change, written_on=on,
        )  # fmt: skip
        for paper in papers:
            MessagePaper.objects.create(message=message, document=store_upload(paper, actor=actor))
        details = {"side": side, "papers": len(papers), "on": str(on)}
        subject = str(message.public_id)
        act = "answer_request" if correction or change else f"write_{side}"
        record_act(actor=actor, act=f"correspondence.{act}", case_id=case.pk, subject=subject, details=details)
        if side == Message.Side.OFFICE:
            _settle(actor, locked, on)
            transaction.on_commit(lambda: import_string(TELL).delay(locked.pk), robust=True)
    return message


def read_messages(*, actor: User, case: Case, at: dt.datetime) -> int:
    """Note that the actor has seen what the other side wrote; how many messages were new."""
    messages = Message.objects.filter(case=case).unread()
    theirs = messages.of_office() if is_own(actor, case) else messages.of_person()
    return theirs.update(read_at=at, read_by=actor)


def settle_messages(*, actor: User, case: Case, on: dt.date) -> int:
    """Say that what the newcomer wrote needs no answer; how many messages that were."""
    with transaction.atomic():
        return _settle(actor, lock_case(case), on)


def translate_message(*, actor: User, message: Message, language: str, on: dt.date) -> MessageTranslation:
    """What the translator makes of a message, kept; asked for twice it is made once. Raises ActRefused."""
    found = MessageTranslation.objects.filter(message=message, language=language).first()
    if found:
        return found
    engine = translator()
    if engine is None:
        raise ActRefused(_("There is no translator here."))
    try:
        text = engine.translate(message.text, source=message.language, target=language).strip()
    except Exception as error:  # whatever a translator's own library raises
        raise ActRefused(_("The translation does not work now. Please try again later.")) from error
    if not text:
        raise ActRefused(_("The translation does not work now. Please try again later."))
    with transaction.atomic():
        found, _made = MessageTranslation.objects.get_or_create(
            message=message, language=language, defaults={"text": text, "engine": engine.name[:80]}
        )
        details = {"language": language, "engine": engine.name[:80], "on": str(on)}
        subject = str(message.public_id)
        record_act(
            actor=actor, act="correspondence.translate", case_id=message.case_id, subject=subject, details=details
        )
    return found


def _settle(actor: User, case: Case, on: dt.date) -> int:
    settled = Message.objects.filter(case=case).to_answer().update(settled_on=on, settled_by=actor)
    if settled:
        details = {"messages": settled, "on": str(on)}
        record_act(actor=actor, act="correspondence.settle", case_id=case.pk, details=details)
    return settled


def _role(actor: User, case: Case, side: str, on: dt.date) -> str:
    """As what somebody writes: kept with the message, since roles change."""
    if side == Message.Side.PERSON:
        return Role.NEWCOMER
    held = actor.memberships.held_on(on).filter(role__in=[Role.COUNSELOR, Role.TEAM_LEAD])
    roles = set(held.filter(organisation__office=case.office_id).values_list("role", flat=True))
    return Role.TEAM_LEAD if roles == {Role.TEAM_LEAD} else Role.COUNSELOR
