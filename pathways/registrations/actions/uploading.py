"""A file comes in."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from pathways.programmes.models import Office
from pathways.registrations.actions.steps import State, journal
from pathways.registrations.columns import match_headings
from pathways.registrations.files import ListError, Sheet, open_list
from pathways.registrations.lookups import own_columns_of
from pathways.registrations.models import ListImport

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def upload_list(
    *,
    actor: User | None,
    office: Office | None,
    file_name: str,
    content: bytes,
    on: dt.date,
    own_area_only: bool = True,
) -> ListImport:
    """Keep a file whose headings can be used; its rows are read later (`check_list`). Raises ListError.

    The same file sent twice before it is started is one list.
    """
    sheet = open_list(content)
    headings = _usable_headings(sheet, office)
    next(sheet.rows)  # raises if there is none
    digest = hashlib.sha256(content).hexdigest()
    waiting = ListImport.objects.filter(office=office, sha256=digest, state__in=[State.UPLOADED, State.CHECKED])
    if actor and (before := waiting.filter(uploaded_by=actor).first()):
        return before
    list_import = ListImport.objects.create(
        office=office,
        uploaded_by=actor,
        own_area_only=own_area_only,
        on=on,
        file_name=file_name[-160:],
        sha256=digest,
        content=content,
        kind=sheet.kind,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        headings=headings,
    )
    journal(actor, "upload_list", list_import, on=on)
    return list_import


def _usable_headings(sheet: Sheet, office: Office | None) -> list[dict[str, str | None]]:
    matching = match_headings(sheet.headings, own_columns_of(office))
    if matching.missing:
        raise ListError("columns_missing", columns=matching.missing)
    if matching.twice:
        raise ListError("heading_twice", headings=", ".join(next(iter(matching.twice.values()))))
    return [
        {"heading": heading, "column": column}
        for heading, column in zip(matching.headings, matching.columns, strict=True)
    ]
