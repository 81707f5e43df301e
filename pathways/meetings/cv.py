"""The CV of a person as a tagged PDF, made from the last finished forms. Nothing of health, family or income is in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from pathways.cases.models import Case
from pathways.documents.typesetting import letter_date, typeset
from pathways.meetings.models import Assessment
from pathways.meetings.schemas import Question, forms
from pathways.programmes.models import Nationality

OWN_LEVELS = {"level_nl": "nl", "level_fr": "fr", "level_de": "de"}


@cache
def words() -> dict[str, dict[str, str]]:
    """The words of the CV by language."""
    found: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "cv.yaml").read_text(encoding="utf-8"))
    return found


def typeset_cv(*, case: Case, answers: Mapping[str, Assessment], language: str, on: dt.date) -> bytes:
    """The CV in `language` (nl, fr, de or en). One query for names of countries."""
    made_at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    return typeset("cv", compose_cv(case=case, answers=answers, language=language, on=on), made_at=made_at)


def compose_cv(*, case: Case, answers: Mapping[str, Assessment], language: str, on: dt.date) -> dict[str, Any]:
    """What the CV says."""
    text, person = words()[language], case.person
    social = answers["social"].data if "social" in answers else {}
    spoken = answers["language"].data if "language" in answers else {}
    countries = _countries(social, language)
    sections = [
        (text["work"], [_job(row, countries) for row in _newest(social.get("jobs", []), "to_year")]),
        (text["diplomas"], [_diploma(row, countries, language) for row in social.get("diplomas", [])]),
        (
            text["trainings"],
            [_entry(row.get("title"), row.get("where"), row.get("year")) for row in social.get("trainings", [])],
        ),
        (text["languages"], list(_languages(spoken, language, text))),
        (text["skills"], [_entry(social["skills"])] if social.get("skills") else []),
        (text["licence"], [_entry(_yes(language))] if social.get("driving_licence") else []),
        (text["wish"], [_entry(social["wish"])] if social.get("wish") else []),
    ]
    contact = [person.street, f"{person.postal_code} {person.city}".strip(), person.phone, person.email]
    born = [f"{text['born']}: {letter_date(person.birth_date, language)}"] if person.birth_date else []
    return {
        "language": language,
        "title": text["title"],
        "name": str(person),
        "contact": [line for line in [*contact, *born] if line],
        "sections": [{"title": title, "entries": entries} for title, entries in sections if entries],
        "footer": text["made"].format(date=letter_date(on, language)),
    }


def _yes(language: str) -> str:
    return {"nl": "Ja", "fr": "Oui", "de": "Ja"}.get(language, "Yes")


def _entry(title: Any, detail: Any = "", when: Any = "") -> dict[str, str]:
    return {"title": str(title or ""), "detail": str(detail or ""), "when": str(when or "")}


def _newest(rows: list[dict[str, Any]], year: str) -> list[dict[str, Any]]:
    """The latest first; what still goes on before all."""
    return sorted(rows, key=lambda row: -(row.get(year) or 9999))


def _job(row: Mapping[str, Any], countries: Mapping[str, str]) -> dict[str, str]:
    where = ", ".join(filter(None, [row.get("employer"), countries.get(row.get("country", ""))]))
    when = "–".join(str(row[year]) for year in ("from_year", "to_year") if row.get(year))
    return _entry(row.get("occupation"), where, when)


def _diploma(row: Mapping[str, Any], countries: Mapping[str, str], language: str) -> dict[str, str]:
    equal = row.get("equivalence")
    label = _column("social", "diplomas", "equivalence").choices[equal][language] if equal == "recognised" else ""
    where = ", ".join(filter(None, [countries.get(row.get("country", "")), label]))
    return _entry(row.get("title"), where, row.get("year"))


def _languages(data: Mapping[str, Any], language: str, text: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """First language, levels of the three languages of the country, and the others."""
    names, levels = Locale.parse(language).languages, _column("language", "languages", "spoken").choices
    if first := data.get("first_language"):
        yield _entry(names.get(first, first), levels["native"][language])
    for code, spoken in OWN_LEVELS.items():
        if data.get(code) not in (None, "none"):
            yield _entry(names[spoken], data[code])
    for row in data.get("languages", []):
        parts = [
            f"{text[word]} {levels[row[column]][language]}"
            for word, column in (("speaks", "spoken"), ("writes", "written"))
            if row.get(column)
        ]
        yield _entry(names.get(row.get("language", ""), row.get("language", "")), ", ".join(parts))


def _column(kind: str, question: str, column: str) -> Question:
    """A column of the rows of a question."""
    rows = next(one for one in forms()[kind].questions if one.code == question)
    return next(one for one in rows.columns if one.code == column)


def _countries(social: Mapping[str, Any], language: str) -> dict[str, str]:
    rows = [*social.get("jobs", []), *social.get("diplomas", [])]
    codes = {row["country"] for row in rows if row.get("country")}
    names = Nationality.objects.filter(pk__in=codes).values_list("pk", f"name_{language}") if codes else []
    return dict(names)
