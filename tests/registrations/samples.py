"""Lists as municipalities send them, made up and always the same: with right national numbers, and with known defects.

`make_list(rows=5000)` is the list of the browser journey; `Sample.defects` says which row has which problem.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from openpyxl import Workbook

LAST = (
    "Amrani",
    "Haddad",
    "Öztürk",
    "Nguyễn",
    "D'Souza",
    "Łukaszewicz",
    "Kovačević",
    "Traoré",
    "van der Berg",
    "Al-Masri",
    "O’Neill",
    "Ćosić",
)
FIRST = {
    "F": ("Nour", "Zeynep", "Mariam", "Olena", "Chloë", "Fatoumata"),
    "M": ("Youssef", "Emre", "Andrii", "Mamadou", "José", "Rachid"),
}
PLACES = ("44021", "Gent", "Gand", "9000", "11002", "Antwerpen", "46021", "Sint-Niklaas", "11007", "Borsbeek")
NATIONALITIES = (
    "MA",
    "Marokko",
    "TR",
    "Türkiye",
    "SY",
    "Syrië",
    "UA",
    "Oekraïne",
    "VN",
    "GN",
    "FR",
    "Stateless person",
)
COLUMNS = (
    "national_number", "last_name", "first_names", "birth_date", "sex", "nationality", "municipality", "register",
    "permit_type", "permit_months", "first_registered_on", "legal_stay_since", "stay_motive", "asylum_status",
    "contact_language", "email", "phone", "street", "postal_code",
)  # fmt: skip
Row = dict[str, str]


def national_number(born: dt.date, counter: int, *, bis: int = 0) -> str:
    """A number with a right control number; `bis` 20 or 40 is added to the month."""
    front = f"{born:%y}{born.month + bis:02d}{born:%d}{counter:03d}"
    return f"{front}{97 - int(('2' if born.year >= 2000 else '') + front) % 97:02d}"


def make_row(chance: random.Random, number: int, on: dt.date) -> Row:
    """One new resident without a defect. `number` makes the national number unique."""
    sex = chance.choice("FM")
    # One birth date for each 400 rows, so that the counter in the national number never runs out.
    born = dt.date(1960, 1, 2) + dt.timedelta(days=37 * (number // 400) + 11)
    counter = 2 * (number % 400) + (1 if sex == "M" else 2)
    registered = on - dt.timedelta(days=chance.randint(1, 300))
    return {
        "national_number": national_number(born, counter),
        "last_name": f"{chance.choice(LAST)} {_letters(number)}",
        "first_names": chance.choice(FIRST[sex]),
        "birth_date": chance.choice((born.isoformat(), f"{born:%d/%m/%Y}", f"{born.day}-{born.month}-{born.year}")),
        "sex": chance.choice({"F": ("F", "V", "vrouw"), "M": ("M", "man")}[sex]),
        "nationality": chance.choice(NATIONALITIES),
        "municipality": chance.choice(PLACES),
        "register": chance.choice(("foreigners", "Vreemdelingenregister", "waiting")),
        "permit_type": chance.choice(("A", "A-kaart", "F", "F+")),
        "permit_months": chance.choice(("12", "24", "60")),
        "first_registered_on": f"{registered:%d/%m/%Y}",
        "legal_stay_since": registered.isoformat(),
        "stay_motive": chance.choice(("family", "Werk", "Protection internationale")),
        "asylum_status": chance.choice(("", "none", "Erkend vluchteling")),
        "contact_language": chance.choice(("ar", "tr", "Arabic", "")),
        "email": chance.choice(("", f"resident{number}@example.org")),
        "phone": chance.choice(("", "0470 12 34 56", "+32 9 123 45 67")),
        "street": f"Straat {number % 200 + 1}",
        "postal_code": "9000",
    }


def _letters(number: int) -> str:
    """A number in letters, so that no two rows bear the same name."""
    text = ""
    while True:
        number, rest = divmod(number, 26)
        text = chr(97 + rest) + text
        if not number:
            return text.capitalize()


def _another_sex(row: Row) -> None:
    row["sex"] = "M" if row["sex"] in ("F", "V", "vrouw") else "F"


DEFECTS: dict[str, tuple[str, Callable[[Row], object]]] = {
    "required": ("last_name", lambda row: row.update(last_name="")),
    "date_impossible": ("birth_date", lambda row: row.update(birth_date="31/02/1985")),
    "date_form": ("first_registered_on", lambda row: row.update(first_registered_on="March 2026")),
    "date_incomplete": ("birth_date", lambda row: row.update(birth_date="00/00/1985")),
    "date_future": ("first_registered_on", lambda row: row.update(first_registered_on="01/01/2999")),
    "number_check_digits": (
        "national_number",
        lambda row: row.update(
            national_number=row["national_number"][:9] + f"{int(row['national_number'][9:]) % 97 + 1:02d}"
        ),
    ),
    "number_birth_date": ("national_number", lambda row: row.update(birth_date="1961-05-05")),
    "number_sex": ("national_number", _another_sex),
    "number_mangled": ("national_number", lambda row: row.update(national_number="8,50730E+10")),
    "number_form": ("national_number", lambda row: row.update(national_number="unknown")),
    "nationality_unknown": ("nationality", lambda row: row.update(nationality="Atlantis")),
    "municipality_unknown": ("municipality", lambda row: row.update(municipality="Nergenshuizen")),
    "municipality_ambiguous": ("municipality", lambda row: row.update(municipality="1040")),
    "choice_unknown": ("register", lambda row: row.update(register="somewhere")),
    "permit_unknown": ("permit_type", lambda row: row.update(permit_type="Z")),
    "int_form": ("permit_months", lambda row: row.update(permit_months="a year")),
    "email_form": ("email", lambda row: row.update(email="resident at example")),
    "phone_form": ("phone", lambda row: row.update(phone="12")),
    "language_unknown": ("contact_language", lambda row: row.update(contact_language="Klingon")),
    "formula": ("street", lambda row: row.update(street='=HYPERLINK("http://example.org")')),
    "date_before_birth": ("legal_stay_since", lambda row: row.update(legal_stay_since="1950-01-01")),
}
"""Code of the problem: the column it is found in, and what makes it."""


@dataclass(slots=True)
class Sample:
    """A list: its headings, its rows, and the defects by row number in the file (headings are row 1)."""

    headings: tuple[str, ...]
    rows: list[Row]
    defects: dict[int, str] = field(default_factory=dict)

    def csv(self, *, delimiter: str = ";", encoding: str = "utf-8", headings: tuple[str, ...] | None = None) -> bytes:
        """The list as CSV; `headings` replaces the names of the columns."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(headings or self.headings)
        writer.writerows([row[name] for name in self.headings] for row in self.rows)
        return text.getvalue().encode(encoding)

    def xlsx(self) -> bytes:
        """The list as a workbook."""
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        sheet.append(list(self.headings))
        for row in self.rows:
            sheet.append([row[name] for name in self.headings])
        file = io.BytesIO()
        workbook.save(file)
        return file.getvalue()


def make_list(*, rows: int = 5000, defects: bool = True, on: dt.date, seed: int = 1, first: int = 0) -> Sample:
    """A list of `rows` new residents; with `defects`, every twentieth has one, each kind in turn, some twice."""
    chance = random.Random(seed)
    made = [make_row(chance, first + number, on) for number in range(rows)]
    sample = Sample(COLUMNS, made)
    if defects:
        kinds = list(DEFECTS)
        for turn, index in enumerate(range(10, rows, 20)):
            code = kinds[turn % len(kinds)]
            DEFECTS[code][1](made[index])
            sample.defects[index + 2] = code
        for index in range(15, rows, 500):
            made[index] = {**made[index - 1], "street": "Elsewhere 1"}
            sample.defects[index + 2] = "number_twice"
    return sample
