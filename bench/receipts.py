"""Records decided again, their chain verified, and a new version published for everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from bench.measuring import Book, Line, processes, settle, sql, stopwatch
from pathways.cases import deciding
from pathways.cases.deciding.replaying import Chosen, replay_records
from pathways.cases.deciding.verifying import broken_receipts
from pathways.programmes.models import RuleSet
from pathways.rules import content_hash, parse_rule_set

DAY = dt.timedelta(days=1)


def measure(book: Book, *, records: int, on: dt.date) -> None:
    """Replay, verification and publication, each beside a floor of the same run."""
    processes(1)
    measure_replay(book, records)
    measure_verification(book)
    measure_publication(book, on)


def measure_replay(book: Book, records: int) -> None:
    """A sample of records decided again; the floor reads the facts of as many records."""
    floor = stopwatch(
        lambda: sql(
            "SELECT count(facts::text) FROM (SELECT facts FROM cases_decisionrecord"
            " ORDER BY hashint8extended(id, 0) LIMIT %s) r",
            [records],
        )
    )
    book.add(Line(f"floor: {records:,} records drawn and their facts read", floor))
    found: list[int] = []
    took = stopwatch(lambda: found.append(sum(1 for _ in replay_records(Chosen(sample=records)))))
    book.add(
        Line(f"replay of {records:,} decision records", took, "records read", floor, note=f"{found[-1]} differences")
    )


def measure_verification(book: Book) -> None:
    """Every receipt computed again, every chain followed."""
    floor = stopwatch(lambda: sql("SELECT count(facts::text) FROM cases_decisionrecord"))
    book.add(Line("floor: the facts of all records read as text", floor))
    found: list[int] = []
    took = stopwatch(lambda: found.append(sum(1 for _ in broken_receipts())))
    book.add(Line("chain of all records verified", took, "records read", floor, note=f"{found[-1]} faults"))


def measure_publication(book: Book, on: dt.date) -> None:
    """A version for all open cases of a line comes into force; the floor decides everybody anew and changes nothing."""
    floor = stopwatch(lambda: deciding.redecide_all(on=on))
    book.add(Line("floor: full re-decision, nothing changed", floor))
    with _new_version("FL", since=on):
        changed: list[int] = []
        took = stopwatch(lambda: changed.append(deciding.redecide_all(on=on)))
        note = f"{changed[-1]:,} decisions changed, with their records"
        book.add(Line("publication: all cases of a line follow a new version", took, "re-decision", floor, note=note))
    deciding.redecide_all(on=on)
    settle()


@contextmanager
def _new_version(line: str, *, since: dt.date) -> Iterator[None]:
    """The version in force of a line, published again for all open cases from a day on; gone afterwards."""
    before = RuleSet.objects.get(line=line, valid_to__isnull=True, state=RuleSet.State.PUBLISHED)
    content = before.content | {
        "code": f"{line}-{since.year}",
        "valid_from": str(since),
        "transition": {"policy": "all_open"},
    }
    new = RuleSet(
        code=content["code"],
        line=line,
        state=RuleSet.State.PUBLISHED,
        valid_from=since,
        content=content,
        content_hash=content_hash(parse_rule_set(content)),
    )
    sql("ALTER TABLE programmes_ruleset DISABLE TRIGGER USER")
    try:
        RuleSet.objects.filter(pk=before.pk).update(valid_to=since)
        new.save()
        yield
    finally:
        sql("DELETE FROM programmes_ruleset WHERE code = %s", [new.code])  # decisions that name it are made anew
        RuleSet.objects.filter(pk=before.pk).update(valid_to=None)
        sql("ALTER TABLE programmes_ruleset ENABLE TRIGGER USER")
