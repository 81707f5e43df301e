"""Marks as they come in: from the plain form, as JSON from the grid, or as a line of numbers from a signed sheet."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pathways.attendance.actions import Entry
from pathways.attendance.actions.recording import UNSEEN
from pathways.attendance.counting import ABSENT, EXCUSED, LATE, PRESENT

if TYPE_CHECKING:
    from pathways.attendance.queries.register import Register

LETTERS = {"P": PRESENT, "L": LATE, "E": EXCUSED, "A": ABSENT}
MOST = 500
_WORD = re.compile(r"(?P<number>\d{1,3})(?P<letter>[aelAEL])(?P<minutes>\d{0,3})\Z")


def entries_of_form(post: Mapping[str, Any]) -> list[Entry]:
    """The marks of a plain form: `mark-<enrolment>`, `was-…`, `minutes-…`, `reason-…`; only what differs from `was`."""
    entries = []
    for name, mark in post.items():
        if not name.startswith("mark-"):
            continue
        key = name.removeprefix("mark-")
        was, minutes, reason = (post.get(f"{part}-{key}", "") for part in ("was", "minutes", "reason"))
        details = f"{_whole(minutes)}|{reason.strip()}"
        if mark == was and details == post.get(f"details-{key}", details):
            continue
        entries.append(Entry(uuid.UUID(key), mark or None, _whole(minutes), reason, was=was))
    return entries


def _whole(text: Any) -> int:
    """Minutes as typed; nothing for what is no number."""
    found = str(text or "").strip()
    return min(int(found), 999) if found.isascii() and found.isdigit() else 0


def entries_of_json(sent: Any) -> list[Entry]:
    """The marks that the grid sends. Raises ValueError, TypeError or KeyError for what it does not send."""
    rows = sent["entries"]
    if not isinstance(rows, list) or len(rows) > MOST:
        raise ValueError
    return [
        Entry(
            uuid.UUID(row["enrolment"]),
            LETTERS[row["mark"]] if row["mark"] else None,
            _whole(row.get("minutes")),
            str(row.get("reason", ""))[:200],
            uuid.UUID(row["key"]),
            LETTERS[row["was"]] if row.get("was") else (UNSEEN if row.get("was") is None else ""),
        )
        for row in rows
    ]


def entries_of_sheet(line: str, register: Register) -> tuple[list[Entry], list[str]]:
    """`3a 7l10 12e`: numbers of the sheet with a letter, and minutes after an l. Everybody else without a mark was present.

    Answers the entries, or the sentences that say what cannot be read.
    """
    people = [row for row in register.rows if row.now.concerns]
    marks: dict[int, tuple[str, int]] = {}
    errors = []
    for word in re.split(r"[\s,;]+", line.strip()):
        if not word:
            continue
        found = _WORD.match(word)
        if not found or not 1 <= int(found["number"]) <= len(people):
            errors.append(_("“%(word)s” is not a number of the sheet with a, e or l.") % {"word": word[:20]})
        elif int(found["number"]) in marks:
            errors.append(_("Number %(number)s stands there twice.") % {"number": found["number"]})
        else:
            marks[int(found["number"])] = LETTERS[found["letter"].upper()], _whole(found["minutes"])
    entries = []
    for number, row in enumerate(people, 1):
        if number in marks or row.marked is None:  # a mark that stands already is not made present by being left out
            state, minutes = marks.get(number, (PRESENT, 0))
            entries.append(Entry(row.enrolment.public_id, state, minutes))
    return entries, errors
