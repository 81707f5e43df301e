"""A municipality's list of 100,000 rows, against COPY and CREATE INDEX of all the rows that come of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.measuring import Book, Line, sql, stopwatch, usual_processes
from bench.population import NATIONALITIES, SYLLABLES
from pathways.registrations.management.commands import import_registrations

TABLES = (
    "people_person",
    "cases_case",
    "cases_facts",
    "cases_factchange",
    "cases_searchword",
    "cases_decision",
    "cases_decisionrecord",
    "registrations_listrow",
)
HEADINGS = (  # noqa: SIM905  as a municipality writes it
    "national_number,last_name,first_names,birth_date,sex,nationality,municipality,register,permit_type,permit_months,"
    "permit_ordered_on,first_registered_on,legal_stay_since,stay_motive,asylum_status,contact_language"
).split(",")


def list_file(*, rows: int, on: dt.date) -> str:
    """A list as a municipality sends it: three rows in a hundred without number, some blanks, all new people."""
    chance, text = random.Random(7), io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADINGS)
    places = [row[0] for row in sql("SELECT nis_code FROM programmes_municipality WHERE valid_to IS NULL")]
    for i in range(rows):
        writer.writerow(_row(chance, i, places, on))
    return text.getvalue()


def _row(chance: random.Random, i: int, places: list[str], on: dt.date) -> list[object]:
    def name() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()

    def maybe(value: object) -> object:
        return value if chance.random() > 0.03 else ""

    birth, came = dt.date(1950, 1, 1) + dt.timedelta(days=i % 18000), on - dt.timedelta(days=chance.randrange(200))
    sex = "MF"[i % 2]
    stem = f"{birth:%y%m%d}{500 + 2 * (i // 18000) + (sex == 'M'):03}"  # above the numbers of the population
    number = f"{stem}{97 - int(stem) % 97:02}"
    return [
        maybe(number), f"{name()} {name()}", name(), birth, sex, maybe(chance.choice(NATIONALITIES)), chance.choice(places),
        maybe(chance.choice(("foreigners", "population", "waiting"))), maybe(chance.choice("ABFK")),
        maybe(chance.choice((12, 60, 999))), maybe(came), maybe(came), maybe(came - dt.timedelta(days=30)),
        maybe(chance.choice(("family", "work", "study", "protection"))), maybe("none"), chance.choice(("en", "fr", "ar")),
    ]  # fmt: skip


def measure(book: Book, *, rows: int, on: dt.date) -> None:
    """Check and import the list through the command, then copy what came of it into bare tables."""
    usual_processes()
    before = {table: sql(f"SELECT coalesce(max({_key(table)}), 0) FROM {table}")[0][0] for table in TABLES}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        file.write_text(list_file(rows=rows, on=on))
        sql("CHECKPOINT")
        said = io.StringIO()
        seconds = stopwatch(lambda: call_command(import_registrations.Command(), file, on=on, stdout=said))
    floor, copied = _copy_floor(before)
    book.add(Line(f"floor: COPY and indexes of the {copied:,} rows that come of it", floor))
    last = [line for line in said.getvalue().splitlines() if line.startswith("Imported")]
    note = f"{rows / seconds:,.0f} rows/s; {last[0] if last else ''}"
    book.add(Line(f"import of a list of {rows:,} rows, check included", seconds, "COPY + indexes", floor, 5, note))


def _key(table: str) -> str:
    return "id" if table in ("people_person", "cases_case", "cases_factchange", "cases_decisionrecord",
                             "registrations_listrow") else "case_id"  # fmt: skip


def _copy_floor(before: dict[str, int]) -> tuple[float, int]:
    total, copied = 0.0, 0
    for table in TABLES:
        with connection.cursor() as cursor:
            rows = f"SELECT * FROM {table} WHERE {_key(table)} > {before[table]}"
            with cursor.copy(f"COPY ({rows}) TO STDOUT") as out:
                data = b"".join(bytes(part) for part in out)
        indexes = sql("SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass", [table])
        total += stopwatch(lambda table=table, data=data, indexes=indexes: _copy_in(table, data, indexes))
        copied += sql("SELECT count(*) FROM bench_copy")[0][0]
        sql("DROP TABLE bench_copy")
    return total, copied


def _copy_in(table: str, data: bytes, indexes: list[tuple[str]]) -> None:
    sql(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)")
    with connection.cursor() as cursor, cursor.copy("COPY bench_copy FROM STDIN") as into:
        into.write(data)
    for number, (text,) in enumerate(indexes):
        head, _, tail = text.partition(" ON ")
        unique = "UNIQUE " if "UNIQUE" in head else ""
        sql(f"CREATE {unique}INDEX bench_copy_{number} ON bench_copy {tail.partition(' ')[2]}")
