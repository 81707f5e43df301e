"""Background doors of this floor: each takes plain values, calls one action, and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import now, today
from pathways.publishing import actions
from pathways.publishing.queries import stuck_publications


@shared_task
def come_into_force() -> None:
    """Put in force what is due, and go on with what is not finished. A night that was missed is made up for."""
    switched = actions.switch_due(on=today())
    for publication_id in {*switched, *stuck_publications(at=now())}:
        follow.delay(publication_id)


@shared_task
def follow(publication_id: int) -> None:
    """Let the cases follow a version, then prepare the letters."""
    actions.follow(publication_id=publication_id, on=today())
    actions.prepare_letters(publication_id=publication_id, on=today())


@shared_task
def return_reviews() -> None:
    """Each night: cases that were left as they are come back to the list of review when their day has come."""
    actions.return_reviews(on=today())
