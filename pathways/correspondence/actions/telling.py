"""A newcomer is told that something new is there to read: once for what is unread, and not again the same half day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from pathways.audit.actions import record_act
from pathways.cases.locks import lock_cases
from pathways.correspondence.models import Message
from pathways.correspondence.telling import tell

QUIET = dt.timedelta(hours=12)
"""Within these, a second message is not told of while the first is unread."""
TOO_OLD = dt.timedelta(days=3)
"""A message that could not be told of in this time is no longer news."""


def tell_newcomer(*, case_id: int, at: dt.datetime) -> str:
    """Tell the person of this case of new messages; how, or "" where there was nothing to tell or no way.

    What cannot be sent raises and is not marked: `tell_waiting` tries again.
    """
    with transaction.atomic():
        case = lock_cases([case_id])[case_id]
        unread = Message.objects.filter(case=case).of_office().unread()
        news = unread.filter(told_at__isnull=True)
        if not news.exists() or case.person.user_id is None:
            return ""
        told_lately = unread.filter(told_at__gt=at - QUIET).exists()
        news.update(told_at=at)
        if told_lately:
            return ""
        way = tell(case.person)
        record_act(actor=None, act="correspondence.tell_newcomer", case_id=case_id, details={"channel": way})
    return way


def tell_waiting(*, at: dt.datetime) -> int:
    """Tell of the messages of the last days that nobody was told of, as when the mail server was down; of how many cases."""
    waiting = Message.objects.of_office().unread().filter(told_at__isnull=True, written_at__gt=at - TOO_OLD)
    cases = waiting.filter(case__person__user__isnull=False).order_by().values_list("case_id", flat=True).distinct()
    return sum(bool(tell_newcomer(case_id=number, at=at)) for number in list(cases))
