"""Files about a list: its refused rows with the reasons in the last column, and an example to fill in.

A refused row keeps its cells as they were sent, so that the mended file can be sent again. In CSV a cell that a
spreadsheet would take for a formula gets an apostrophe in front, which reading takes off again (`cells`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways.documents.sheets import write_table
from pathways.registrations.columns import COLUMNS, IGNORED_REASON, TEMPLATE
from pathways.registrations.headings import REASON_IN
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.problems import word_problem


def _reason_heading() -> str:
    return REASON_IN.get((get_language() or "en")[:2], REASON_IN["en"])


def refused_file(list_import: ListImport, *, kind: str) -> bytes:
    """Every refused row as sent, and why, in the reader's language. `kind` is csv or xlsx."""
    kept = [index for index, one in enumerate(list_import.headings) if one["column"] != IGNORED_REASON]
    headings = [list_import.headings[index]["heading"] for index in kept]
    rows = ListRow.objects.filter(list_import=list_import, state=ListRow.State.REFUSED).order_by("number")
    found = rows.values_list("raw", "problems").iterator(chunk_size=5000)
    lines = (
        [*(raw[index] if index < len(raw) else "" for index in kept), *_extra(raw, list_import), _reasons(problems)]
        for raw, problems in found
    )
    return write_table(
        kind=kind,
        title=_("List"),
        headings=[*headings, _reason_heading()],
        rows=lines,
        delimiter=list_import.delimiter or ";",
    )


def _extra(raw: list[str], list_import: ListImport) -> list[str]:
    """Cells behind the last heading are part of the problem and stay, before the reason."""
    return raw[len(list_import.headings) :]


def _reasons(problems: Iterable[dict[str, object]]) -> str:
    return " ".join(str(word_problem(problem)) for problem in problems)


def example_file(*, kind: str) -> bytes:
    """An empty list with the usual columns, headed in the reader's language."""
    language = get_language() or "en"
    headings = [COLUMNS[name].label(language) for name in TEMPLATE]
    return write_table(kind=kind, title=_("List"), headings=headings, rows=[])
