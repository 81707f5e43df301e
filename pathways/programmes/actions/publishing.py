"""The life of rule sets: publishing one, and loading those that the repository ships."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.base.clock import now
from pathways.programmes import checking
from pathways.programmes.models import RuleSet
from pathways.programmes.shipped import RULE_SETS, read_document, rule_set_files
from pathways.rules import RuleSet as Document
from pathways.rules import content_hash, parse_rule_set, to_data

if TYPE_CHECKING:
    from accounts.models import User

IMMUTABLE = "programmes.RuleSet:rule_set_published_immutable"


class PublicationError(Exception):
    """A rule set cannot be published; the text says which and why, for the person who tried."""


@dataclass(frozen=True)
class Loaded:
    """What loading did with one shipped rule set: `published`, `replaced` or `unchanged`."""

    code: str
    result: str


def publish_rule_set(*, actor: User | None, rule_set: RuleSet, on: dt.date) -> RuleSet:
    """Publish a draft without proposal and approval; the one in force when it begins ends there and is superseded.

    For what the repository ships, and tests. A version whose examples fail is refused. Open cases are decided again in
    the background once this is committed.
    Raises PublicationError, or RuleSetError for a faulty document.
    """
    if failing := checking.failing_examples(parse_rule_set(rule_set.content)):
        raise PublicationError(f"{rule_set.code} has examples that fail: {', '.join(failing)}.")
    with transaction.atomic():
        _publish(actor, rule_set, on)
        _decide_again()
    return rule_set


def put_in_force(*, actor: User | None, rule_set: RuleSet, on: dt.date) -> RuleSet:
    """Publish a scheduled version: the switch alone. Whoever calls sees to the cases. Raises PublicationError."""
    with transaction.atomic():
        _publish(actor, rule_set, on)
    return rule_set


def end_version(*, actor: User, rule_set: RuleSet, reason: str, on: dt.date) -> RuleSet:
    """Take the last version of a line out of force for good; answers the one before it, which is in force again.

    Its period is gone, so that cases of its time are decided by the one before. Raises PublicationError.
    """
    with transaction.atomic():
        versions = list(
            RuleSet.objects.published().select_for_update().filter(line=rule_set.line).order_by("valid_from")
        )
        if not versions or versions[-1].pk != rule_set.pk:
            raise PublicationError(
                _("Only the last version of a line can be ended: %(code)s is not.") % {"code": rule_set.code}
            )
        before = versions[-2] if len(versions) > 1 else None
        if before is None or before.valid_to != rule_set.valid_from:
            raise PublicationError(_("No version before it can take over. Publish another version instead."))
        RuleSet.objects.filter(pk=rule_set.pk).update(state=RuleSet.State.ENDED, ended_at=now())
        before.valid_to, before.state = versions[-1].valid_to, RuleSet.State.PUBLISHED
        before.save(update_fields=["valid_to", "state"])
        details = {"reason": reason, "again": before.code, "on": str(on)}
        record_act(actor=actor, act="programmes.end_rule_set", subject=rule_set.code, details=details)
    rule_set.refresh_from_db()
    return before


def overlapping(document: Document) -> list[str]:
    """The published versions that begin on the same day or later and stand in the way of this one."""
    return [one.code for one in _overlapping(document, lock=False) if one.valid_from >= document.valid_from]


def _publish(actor: User | None, rule_set: RuleSet, on: dt.date) -> None:
    locked = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    if locked.state not in {RuleSet.State.DRAFT, RuleSet.State.SCHEDULED}:
        raise PublicationError(f"{locked.code} is published already.")
    document = parse_rule_set(locked.content)
    for other in _overlapping(document):
        if other.valid_from >= document.valid_from:
            raise PublicationError(f"{document.code} overlaps {other.code}, which begins on {other.valid_from}.")
        other.valid_to, other.state = document.valid_from, RuleSet.State.SUPERSEDED
        other.save(update_fields=["valid_to", "state"])
    fill_columns(rule_set, document)
    rule_set.state, rule_set.published_at, rule_set.published_by = RuleSet.State.PUBLISHED, now(), actor
    rule_set.save()
    details = {"hash": rule_set.content_hash, "on": str(on)}
    record_act(actor=actor, act="programmes.publish_rule_set", subject=rule_set.code, details=details)


def _overlapping(document: Document, *, lock: bool = True) -> list[RuleSet]:
    others = RuleSet.objects.published().filter(line=document.line)
    others = others.select_for_update() if lock else others
    return [
        other
        for other in others
        if (other.valid_to is None or other.valid_to > document.valid_from)
        and (document.valid_to is None or other.valid_from < document.valid_to)
    ]


def fill_columns(rule_set: RuleSet, document: Document) -> None:
    """The columns that repeat what the document says."""
    rule_set.code, rule_set.line = document.code, document.line
    rule_set.valid_from, rule_set.valid_to = document.valid_from, document.valid_to
    rule_set.content, rule_set.content_hash = to_data(document), content_hash(document)


def load_rule_sets(
    *, on: dt.date, actor: User | None = None, directory: Path = RULE_SETS, replace: bool = False
) -> list[Loaded]:
    """Publish the shipped rule sets; one that is published with the same content is left alone.

    A published one whose content differs is refused with PublicationError, unless nothing rests on it or `replace` is
    given (demonstrations only). Raises RuleSetError for a faulty document. All or nothing.
    """
    with transaction.atomic():
        documents = [parse_rule_set(read_document(file)) for file in rule_set_files(directory)]
        known = {row.code: row for row in RuleSet.objects.published()}
        loaded = [_load(actor, document, known.get(document.code), on, replace) for document in documents]
        if known and any(each.result != "unchanged" for each in loaded):
            _decide_again()
    return loaded


def _load(actor: User | None, document: Document, known: RuleSet | None, on: dt.date, replace: bool) -> Loaded:
    if known is None:
        draft = RuleSet()
        fill_columns(draft, document)
        draft.save()
        _publish(actor, draft, on)
        return Loaded(document.code, "published")
    if known.content_hash == content_hash(document):
        return Loaded(document.code, "unchanged")
    if not replace and rests_on(known):
        raise PublicationError(
            f"{document.code} is published and decisions rest on it: a published rule set never changes. "
            "Give the change a code and a first day of its own."
        )
    fill_columns(known, document)
    with pgtrigger.ignore(IMMUTABLE):
        known.save()
    details = {"hash": known.content_hash, "on": str(on)}
    record_act(actor=actor, act="programmes.replace_rule_set", subject=known.code, details=details)
    return Loaded(document.code, "replaced")


def rests_on(rule_set: RuleSet) -> bool:
    """Whether any row of any floor refers to this rule set: a decision, a record, a contract."""
    references = (field for field in RuleSet._meta.get_fields(include_hidden=True) if field.one_to_many)
    return any(
        field.related_model._default_manager.filter(**{field.field.name: rule_set.pk}).exists()  # type: ignore[union-attr]
        for field in references
    )


def _decide_again() -> None:
    """Once committed, hand the open cases to the floor that decides; the settings name its task."""
    task = import_string(settings.AFTER_PUBLICATION)
    transaction.on_commit(task.delay, robust=True)
