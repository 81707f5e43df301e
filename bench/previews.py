"""The impact preview of a draft at so many open cases: the matrix against the join floor of the same run, then the lists."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from bench.deciding import last_column
from bench.measuring import Book, Line, processes, settle, sql, stopwatch
from pathways.previews.actions import making, start_preview
from pathways.previews.models import Preview, PreviewCase
from pathways.previews.statements import Part
from pathways.programmes.models import RuleSet

CODE = "FL-2099"


def draft(on: dt.date) -> RuleSet:
    """An amendment of the biggest line that decides every open case of it from today: fewer hours, one exemption more."""
    source = RuleSet.objects.in_force_on(on).get(line="FL")
    statuses = [dict(status) for status in source.content["statuses"]]
    older = {**statuses[0], "code": "older", "outcome": "exempt", "when": {">=": [{"var": "age"}, 60]}}
    content = {
        **source.content,
        "code": CODE,
        "valid_from": on.isoformat(),
        "statuses": [older, *statuses],
        "transition": {"policy": "all_open"},
        "examples": [],
    }
    RuleSet.objects.filter(code=CODE).delete()
    return RuleSet.objects.create(code=CODE, line="FL", valid_from=on, content=content, content_hash="")


def matrix(preview: Preview) -> None:
    """The matrix alone, as the first step of the job counts it."""
    with transaction.atomic():
        making.count_part(preview, Part(0, preview.last_case, whole=True))


def measure(book: Book, *, on: dt.date) -> None:
    """The matrix, and the whole preview with its lists and figures by office."""
    processes(1)
    last, decided = last_column("cases_facts"), last_column("cases_decision")
    join = f'SELECT count(f."{last}"), count(d."{decided}") FROM cases_facts f JOIN cases_decision d USING (case_id)'
    floor = stopwatch(lambda: sql(join), times=2, seconds=4)
    book.add(Line("floor: facts joined with decisions, counted (preview)", floor))
    preview = start_preview(actor=None, rule_set=draft(on), on=on)
    preview.last_case = sql("SELECT max(case_id) FROM cases_facts")[0][0]
    matrix(preview)  # compiles the rules once, as a process that has run for a while has
    found = stopwatch(lambda: matrix(preview), times=3)
    touched = sql("SELECT count(*) FROM cases_facts WHERE 'FL' IN (duty_line, trajectory_line)")[0][0]
    book.add(
        Line("preview of a draft: matrix", found, "join", floor, 2.5, f"{touched:,} cases of its line decided anew")
    )
    whole = stopwatch(lambda: making.run_preview(preview_id=preview.pk))
    number = PreviewCase.objects.filter(preview=preview).count()
    book.add(
        Line(
            "preview of a draft: whole, cases listed, by office", whole, "join", floor, None, f"{number:,} cases listed"
        )
    )
    preview.rule_set.delete()
    settle()
