"""`make messages`: collects the texts to translate into locale/, without the gettext programs (docs/languages.md).

nl, fr and de hold every text of the house, the languages of newcomers those that newcomers can see. With `--check`
nothing is written: the exit code says whether every offered language has every text, with the same placeholders,
nothing fuzzy and nothing left over. `--missing LANGUAGE` and `--apply LANGUAGE FILE` are for translators.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from config.runtime.install import ROOT
from pathways.rules.translations import TEXTS
from scripts import translating
from scripts.newcomers import data_texts, is_shown, rule_texts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
SOURCES = ("accounts/**/*.py", "config/**/*.py", "pathways/**/*.py", "templates/**/*.html", "pathways/**/*.html")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")


def languages() -> tuple[str, ...]:
    """Every language but English, that of the sources."""
    return tuple(code for code, _name in settings.LANGUAGES if code != "en")


def python_view(path: Path) -> str:
    """The file as Python: a template becomes what Django shows to xgettext, line for line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())


@cache
def extracted(path: Path) -> tuple[Message, ...]:
    """The texts marked for translation in one file."""
    source = io.BytesIO(python_view(path).encode())
    found = extract("python", source, KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
    return tuple(Message(text, context=context, auto_comments=notes) for _line, text, notes, context in found)


def template(language: str) -> Catalog:
    """The texts to translate into `language`, in the order of their English."""
    catalog, whole = Catalog(project="Pathways", fuzzy=False), language in settings.STAFF_LANGUAGES
    for path in sorted({file for pattern in SOURCES for file in ROOT.glob(pattern)}):
        name = path.relative_to(ROOT).as_posix()
        for message in extracted(path) if whole or is_shown(name) else ():
            catalog.add(message.id, context=message.context, auto_comments=message.auto_comments, locations=[(name, 0)])
    for text, name in () if whole else data_texts(language).items():
        catalog.add(text, locations=[(name, 0)])
    return catalog


def catalogue_path(language: str) -> Path:
    """The file of one language."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """The translations as they stand; empty where there are none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Pathways", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts(value: object) -> list[str]:
    """Singular and plural forms as a list."""
    return [str(part) for part in value] if isinstance(value, list | tuple) else [str(value or "")]


def problem_of(english: object, translation: object) -> str | None:
    """What is wrong with one translation, or None."""
    found = texts(translation)
    if not all(found):
        return "missing"
    allowed = {mark for text in texts(english) for mark in PLACEHOLDER.findall(text)}
    used = [set(PLACEHOLDER.findall(text)) for text in found]
    if any(marks - allowed for marks in used):
        return "a placeholder that the English lacks"
    # "one day" may do without its figure; the form for many may not.
    return "a placeholder is lost" if allowed - used[-1] else None


def problems(language: str, wanted: Catalog) -> Iterator[str]:
    """Everything that keeps `language` from being complete."""
    found = read_catalogue(language)
    for message in wanted:
        if message.id:
            known = found.get(message.id, message.context)
            problem = "fuzzy" if known and known.fuzzy else problem_of(message.id, known.string if known else "")
            if problem:
                yield f"{language}: {problem}: {texts(message.id)[0]!r}"
    for message in found:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"{language}: no longer used: {texts(message.id)[0]!r}"
    if language in TEXTS:
        yield from _rule_problems(language, TEXTS[language])


def _rule_problems(language: str, known: Mapping[str, str]) -> Iterator[str]:
    """The same for the rules' own texts."""
    for text in sorted(rule_texts()):
        if problem := problem_of(text, known.get(text, "")):
            yield f"{language}: {problem}: {text!r} (rules)"
    for text in known:
        if text not in rule_texts():
            yield f"{language}: no longer used: {text!r} (rules)"


def updated(language: str, wanted: Catalog) -> Catalog:
    """A language's catalogue with the texts of today, those no longer used dropped, every translation kept."""
    catalogue = read_catalogue(language)
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def write_catalogue(language: str, catalogue: Catalog) -> None:
    """Write a language's file, in the order of the English."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, include_lineno=False, sort_output=True)


def judge() -> int:
    """Tell every problem of every language; 1 where an offered language has any."""
    failed = 0
    for language in languages():
        lines = list(problems(language, wanted := template(language)))
        offered = language in {*settings.STAFF_LANGUAGES, *settings.OFFERED_LANGUAGES}
        failed += len(lines) if offered else 0
        if offered:
            print("\n".join(lines[:60]))
        print(f"{language}: {len(wanted)} texts, {len(lines)} problems{'' if offered else ' (not offered)'}")
    return 1 if failed else 0


def main() -> int:
    """Write the files, or do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", metavar="LANGUAGE")
    parser.add_argument("--apply", nargs=2, metavar=("LANGUAGE", "FILE"))
    asked = parser.parse_args()
    if asked.missing:
        catalogue = updated(asked.missing, template(asked.missing))
        print(translating.missing(asked.missing, catalogue, TEXTS.get(asked.missing)))
        return 0
    if asked.apply:
        language, file = asked.apply
        catalogue = updated(language, template(language))
        done = translating.apply(language, catalogue, Path(file), problem_of)
        write_catalogue(language, catalogue)
        return done
    if not asked.check:
        for language in languages():
            write_catalogue(language, updated(language, template(language)))
    code = judge()
    return code if asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
