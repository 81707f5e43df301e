"""What pages and tasks ask about publications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pathways.notices.models import Letter
from pathways.programmes.models import DraftEdit, Office, RuleSet
from pathways.publishing.models import FollowingCase, Publication

if TYPE_CHECKING:
    from accounts.models import User

STUCK_AFTER = dt.timedelta(minutes=2)
HELD = FollowingCase.objects.filter(held=True)
"""Cases whose tasks and letters wait for a team lead."""


def held(case_key: str = "pk") -> Exists:
    """Whether the tasks and letters of a case wait; `case_key` names its number in the outer query."""
    return Exists(HELD.filter(case=OuterRef(case_key)))


def stuck_publications(*, at: dt.datetime) -> list[int]:
    """Publications whose cases or letters are not all done, without a sign of life: a worker was killed, a message lost."""
    under_way = Q(state=Publication.State.FOLLOWING) | Q(finished_at__isnull=False, letters_at__isnull=True)
    silent = Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=at - STUCK_AFTER)
    return list(Publication.objects.filter(under_way, silent).order_by("pk").values_list("pk", flat=True))


def latest_publication(rule_set: RuleSet) -> Publication | None:
    """The newest publication of a version, stopped ones included, with its people. One query."""
    return publications_of(rule_set).first()


def publications_of(rule_set: RuleSet) -> QuerySet[Publication]:
    """Every publication of a version, newest first."""
    people = ("proposed_by", "approved_by", "scheduled_by", "stopped_by")
    return Publication.objects.filter(rule_set=rule_set).select_related("rule_set", *people).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote a draft, last writer first, and when it was last changed."""

    people: tuple[str, ...]
    edit: DraftEdit | None


def written_by(rule_set: RuleSet) -> Written:
    """Who wrote in a draft. One query."""
    edits = DraftEdit.objects.filter(rule_set=rule_set).defer("content").select_related("by").order_by("-number")
    found = list(edits)
    people = dict.fromkeys(str(edit.by) for edit in found if edit.by)
    return Written(tuple(people), found[0] if found else None)


@dataclass(frozen=True, slots=True)
class OfficeShare:
    """What a publication means for one office: how many cases follow, wait, have letters; how many are to be reviewed."""

    office: Office | None
    follow: int
    waiting: int
    letters: int
    review: int
    reviewed: int


def office_shares(publication: Publication, *, offices: Collection[int] | None = None) -> list[OfficeShare]:
    """The figures by office, those of `offices` only where given. Two queries."""
    rows = FollowingCase.objects.filter(publication=publication)
    if offices is not None:
        rows = rows.filter(office__in=offices)
    found = rows.values("office").annotate(
        n_follow=Count("pk", filter=Q(review=False)),
        n_waiting=Count("pk", filter=Q(held=True)),
        n_letters=Count("pk", filter=Q(held=True) & ~Q(letter="")),
        n_review=Count("pk", filter=Q(review=True, reviewed_on__isnull=True)),
        n_reviewed=Count("pk", filter=Q(review=True, reviewed_on__isnull=False)),
    )
    figures = ("n_follow", "n_waiting", "n_letters", "n_review", "n_reviewed")  # no names of columns
    shares = [(number, counts) for number, *counts in found.order_by().values_list("office", *figures)]
    names = Office.objects.in_bulk([number for number, _counts in shares if number])
    listed = [OfficeShare(names.get(number), *counts) for number, counts in shares]
    return sorted(listed, key=lambda share: share.office.name if share.office else "")


def outcome_moves(publication: Publication, *, office: Office | None = None) -> list[tuple[str, str, int]]:
    """From which outcome to which, and how many cases; most first. Only those that changed."""
    rows = FollowingCase.objects.filter(publication=publication, review=False)
    rows = rows.filter(office=office) if office else rows
    counted = rows.values_list("was", "becomes").annotate(number=Count("pk")).order_by("-number", "was", "becomes")
    return [(was, becomes, number) for was, becomes, number in counted if was != becomes]


def waiting_cases(
    publication: Publication, office: Office, *, review: bool, after: int = 0, size: int = 25
) -> Sequence[FollowingCase]:
    """The cases of an office that wait for release, or for review, from behind case number `after`: `size` + 1 of them."""
    rows = FollowingCase.objects.filter(publication=publication, office=office, case__gt=after)
    rows = rows.filter(review=True, reviewed_on__isnull=True) if review else rows.filter(held=True)
    return list(rows.select_related("case__person", "case__decision").order_by("case")[: size + 1])


def letters_of(rows: Collection[FollowingCase]) -> dict[str, Letter]:
    """The letters of these cases by key. One query."""
    keys = [row.letter for row in rows if row.letter]
    return {letter.dedupe_key: letter for letter in Letter.objects.filter(dedupe_key__in=keys)}


def waiting_for(user: User, *, on: dt.date) -> QuerySet[FollowingCase]:
    """The cases of the offices that the user leads that wait for release or review."""
    led = user.memberships.held_on(on).filter(role="team_lead", organisation__office__isnull=False)
    waiting = Q(held=True) | Q(review=True, reviewed_on__isnull=True)
    return FollowingCase.objects.filter(waiting, office__in=led.values("organisation__office"))


def releases_for(offices: Collection[int]) -> list[Publication]:
    """Publications of which something waits in one of these offices, newest first."""
    waiting = FollowingCase.objects.filter(publication=OuterRef("pk"), office__in=list(offices)).filter(
        Q(held=True) | Q(review=True, reviewed_on__isnull=True)
    )
    return list(Publication.objects.filter(Exists(waiting)).select_related("rule_set").order_by("-pk"))
