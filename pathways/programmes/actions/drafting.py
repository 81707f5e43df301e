"""Drafts of rule sets: begun from a version or a file, changed step by step, undone, thrown away.

Every state of a draft stays (`DraftEdit`), so that nothing an editor wrote is lost. Who changes a part that somebody else
changed meanwhile is told; changes of different parts are joined.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.programmes.models import LINES, DraftEdit, RuleSet
from pathways.programmes.parts import Change, Document, GoneError, merged
from pathways.rules import LANGUAGES, word_date
from pathways.rules.rule_sets.kinds import Findings, Kind
from pathways.rules.rule_sets.model import RuleSet as Format
from pathways.rules.rule_sets.reading import normalised

if TYPE_CHECKING:
    from accounts.models import User

FIRST = 1
KINDS: dict[str, Kind] = {name: field.metadata["kind"] for name, field in Format.__dataclass_fields__.items()}


class DraftError(Exception):
    """A draft cannot be begun or changed; the text says why, for the person who tried."""


class DraftConflictError(DraftError):
    """Somebody else changed the same meanwhile: `head` is the state with their change."""

    def __init__(self, head: DraftEdit) -> None:
        super().__init__(_("Somebody else changed this meanwhile."))
        self.head = head


def start_draft(*, actor: User, source: RuleSet, code: str, valid_from: dt.date, on: dt.date) -> RuleSet:
    """A draft with the content of any version, under a code and with a first day of its own. Raises DraftError.

    Where the title names the first day of that version, it names the new one.
    """
    content = {**source.content, "code": code, "valid_from": valid_from.isoformat(), "valid_to": None}
    if isinstance(titles := content.get("title"), dict):
        days = source.valid_from, valid_from
        content["title"] = {language: _dated(text, language, *days) for language, text in titles.items()}
    return _begin(actor, content, source.line, on, "programmes.start_draft", {"source": source.code})


def _dated(text: Any, language: str, old: dt.date, new: dt.date) -> Any:
    """A title with the new first day, or its year in brackets, where it had the old one."""
    if not isinstance(text, str) or language not in LANGUAGES:
        return text
    days = text.replace(word_date(old, language), word_date(new, language))
    return days.replace(f"({old.year})", f"({new.year})")


def import_draft(*, actor: User, document: Any, line: str, on: dt.date) -> RuleSet:
    """A draft with the content of a file, faulty or not. A code that is taken gets a number. Raises DraftError.

    What is no object at all is kept as the one key `document`, so that its faults can be shown.
    """
    content = normalised(document)
    if not isinstance(content, dict):
        content = {"document": content}
    wanted = _valid(content, "code") or f"{line}-{on.year}"
    content["line"] = line
    content["code"] = free_code(wanted if wanted.startswith(f"{line}-") else f"{line}-{on.year}")
    return _begin(actor, content, line, on, "programmes.import_draft", {})


def free_code(wanted: str) -> str:
    """The code itself where no rule set has it, else with the next free number."""
    taken = set(RuleSet.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, 1000))
    return next(code for code in (wanted, *numbered) if code not in taken)


def _begin(actor: User, content: Document, line: str, on: dt.date, act: str, details: dict[str, str]) -> RuleSet:
    code = content["code"]
    if line not in LINES or not _valid(content, "code") or not code.startswith(f"{line}-"):
        raise DraftError(_("Write a code that begins with %(line)s-, such as %(line)s-2027.") % {"line": line})
    if RuleSet.objects.filter(code=code).exists():
        raise DraftError(_("There is a rule set %(code)s already.") % {"code": code})
    draft = RuleSet(line=line, code=code, valid_from=on)
    _repeat(draft, content)
    try:
        with transaction.atomic():
            draft.save()
            _keep(draft, content, actor, number=FIRST)
            record_act(actor=actor, act=act, subject=code, details={**details, "on": str(on)})
    except IntegrityError as error:  # two began the same at the same moment
        raise DraftError(_("There is a rule set %(code)s already.") % {"code": code}) from error
    return draft


def save_draft(
    *, actor: User, rule_set: RuleSet, content: Document, base: int, on: dt.date, place: str = ""
) -> DraftEdit:
    """Keep `content` as the next state of a draft; `base` is the number of the edit it was made from.

    Raises DraftConflictError where that is not the last one any more, DraftError where the rule set is no draft.
    """
    with transaction.atomic():
        head = _locked(rule_set, actor)
        if head.number != base:
            raise DraftConflictError(head)
        return _next(rule_set, head, content, actor, on, place)


def change_draft(*, actor: User, rule_set: RuleSet, change: Change, base: int, on: dt.date, place: str) -> DraftEdit:
    """Make one change to a draft. What others changed elsewhere since `base` stays; the same part is a conflict.

    Raises DraftConflictError, DraftError, and parts.GoneError where the part does not exist.
    """
    with transaction.atomic():
        head = _locked(rule_set, actor)
        if head.number == base:
            return _next(rule_set, head, change.applied(head.content), actor, on, place)
        began = rule_set.edits.filter(number=base).first()
        content = merged(change, began.content, head.content) if began else None
        if content is None and _says_already(change, head.content):
            return head
        if content is None:
            raise DraftConflictError(head)
        return _next(rule_set, head, content, actor, on, place)


def _says_already(change: Change, content: Document) -> bool:
    try:
        return change.applied(content) == content
    except GoneError:
        return False


def undo_edit(*, actor: User, rule_set: RuleSet, base: int, on: dt.date) -> DraftEdit:
    """Bring back the state before the last change. Raises DraftConflictError; DraftError where there is none."""
    with transaction.atomic():
        head = _locked(rule_set, actor)
        origin = rule_set.edits.defer("content").get(number=head.state)
        if origin.after is None:
            raise DraftError(_("There is nothing to undo."))
        return _restore(rule_set, head, base, origin.after, origin.place, actor, on)


def redo_edit(*, actor: User, rule_set: RuleSet, base: int, on: dt.date) -> DraftEdit:
    """Repeat what was undone last. Raises DraftConflictError; DraftError where nothing was undone."""
    with transaction.atomic():
        head = _locked(rule_set, actor)
        following = rule_set.edits.defer("content").filter(after=head.state, restores=None).order_by("-number").first()
        if head.restores is None or following is None:
            raise DraftError(_("There is nothing to repeat."))
        return _restore(rule_set, head, base, following.number, following.place, actor, on)


def restore_edit(*, actor: User, rule_set: RuleSet, number: int, base: int, on: dt.date) -> DraftEdit:
    """Make an earlier state the last one, as a change that can be undone. Raises DraftConflictError, DraftError."""
    with transaction.atomic():
        head = _locked(rule_set, actor)
        if head.number != base:
            raise DraftConflictError(head)
        wanted = rule_set.edits.filter(number=number).first()
        if wanted is None:
            raise DraftError(_("There is no such state of this draft."))
        return _next(rule_set, head, wanted.content, actor, on, "")


def discard_draft(*, actor: User, rule_set: RuleSet, on: dt.date) -> None:
    """Throw a draft away with all its states. Raises DraftError where the rule set is no draft."""
    with transaction.atomic():
        _locked(rule_set, actor)
        record_act(actor=actor, act="programmes.discard_draft", subject=rule_set.code, details={"on": str(on)})
        rule_set.delete()


def _locked(rule_set: RuleSet, actor: User) -> DraftEdit:
    """The last state of a draft that nobody else can change until this transaction ends."""
    stored = RuleSet.objects.select_for_update().filter(pk=rule_set.pk).first()
    if stored is None or stored.state != RuleSet.State.DRAFT:
        raise DraftError(_("This is not a draft any more."))
    head = rule_set.edits.order_by("-number").first()
    return head or _keep(stored, stored.content, actor, number=FIRST)


def _restore(
    rule_set: RuleSet, head: DraftEdit, base: int, number: int, place: str, actor: User, on: dt.date
) -> DraftEdit:
    if head.number != base:
        raise DraftConflictError(head)
    content = rule_set.edits.get(number=number).content
    return _next(rule_set, head, content, actor, on, place, restores=number)


def _next(
    rule_set: RuleSet,
    head: DraftEdit,
    content: Document,
    actor: User,
    on: dt.date,
    place: str,
    restores: int | None = None,
) -> DraftEdit:
    if content == head.content and restores is None:
        return head
    content = {**content, "line": rule_set.line}  # a draft stays in its line
    taken = RuleSet.objects.filter(code=content.get("code")).exclude(pk=rule_set.pk).exists()
    if taken or not str(_valid(content, "code") or "").startswith(f"{rule_set.line}-"):
        content["code"] = rule_set.code  # the code is the draft's address: one that cannot be used is not taken over
    _repeat(rule_set, content)
    rule_set.save(update_fields=["code", "valid_from", "valid_to", "content", "content_hash"])
    edit = _keep(
        rule_set, content, actor, number=head.number + 1, after=head.state, restores=restores, place=place[:200]
    )
    details = {"number": edit.number, "place": edit.place, "on": str(on)}
    record_act(actor=actor, act="programmes.change_draft", subject=rule_set.code, details=details)
    return edit


def _keep(rule_set: RuleSet, content: Document, actor: User, **fields: Any) -> DraftEdit:
    return DraftEdit.objects.create(rule_set=rule_set, content=content, by=actor, **fields)


def _repeat(draft: RuleSet, content: Document) -> None:
    """The columns that repeat what the document says, as far as it says it rightly."""
    draft.content, draft.content_hash = content, _hash(content)
    draft.code = _valid(content, "code") or draft.code
    draft.valid_from = _valid(content, "valid_from") or draft.valid_from
    ends = _valid(content, "valid_to")
    draft.valid_to = ends if ends and ends > draft.valid_from else None


def _valid(content: Document, name: str) -> Any:
    """A field of the document as the format reads it; None where it is absent or faulty."""
    problems = Findings()
    value = KINDS[name].read(content.get(name), "", problems)
    return None if problems else value


def _hash(content: Document) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
