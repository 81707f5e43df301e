"""`make messages`: collects the texts to translate into locale/, without the gettext programs.

With `--check` nothing is written: the exit code says whether every text is translated into nl, fr and de, with the
same placeholders, nothing fuzzy and nothing left over.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.runtime.install import ROOT

LANGUAGES = ("nl", "fr", "de")
SOURCES = ("accounts/**/*.py", "config/**/*.py", "pathways/**/*.py", "templates/**/*.html", "pathways/**/*.html")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")


def python_view(path: Path) -> str:
    """The file as Python: a template becomes what Django shows to xgettext, line for line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())


def extracted(path: Path) -> Iterator[Message]:
    """The texts marked for translation in one file."""
    source = io.BytesIO(python_view(path).encode())
    for _line, found, comments, context in extract("python", source, KEYWORDS, ["Translators:"], {"encoding": "utf-8"}):
        yield Message(found, context=context, auto_comments=comments)


def template() -> Catalog:
    """All texts of the house, in the order of their English."""
    catalog = Catalog(project="Pathways", fuzzy=False)
    for path in sorted({file for pattern in SOURCES for file in ROOT.glob(pattern)}):
        name = path.relative_to(ROOT).as_posix()
        for message in extracted(path):
            catalog.add(message.id, context=message.context, auto_comments=message.auto_comments, locations=[(name, 0)])
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


def problems_of(wanted: Message, found: Message | None) -> str | None:
    """What is wrong with one translation, or None."""
    if found is None or not all(texts(found.string)):
        return "missing"
    if found.fuzzy:
        return "fuzzy"
    allowed = {mark for text in texts(wanted.id) for mark in PLACEHOLDER.findall(text)}
    if any(set(PLACEHOLDER.findall(text)) - allowed for text in texts(found.string)):
        return "a placeholder that the English lacks"
    if allowed - {mark for text in texts(found.string) for mark in PLACEHOLDER.findall(text)}:
        return "a placeholder is lost"
    return None


def problems(language: str, wanted: Catalog) -> list[str]:
    """Everything that keeps `language` from being complete."""
    found = read_catalogue(language)
    lines = []
    for message in wanted:
        if message.id and (problem := problems_of(message, found.get(message.id, message.context))):
            lines.append(f"{language}: {problem}: {texts(message.id)[0]!r}")
    left_over = [message for message in found if message.id and wanted.get(message.id, message.context) is None]
    return lines + [f"{language}: no longer used: {texts(message.id)[0]!r}" for message in left_over]


def update(language: str, wanted: Catalog) -> None:
    """Add new texts to a language's file, drop those no longer used, keep every translation."""
    catalogue = read_catalogue(language)
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, include_lineno=False, sort_output=True)


def main() -> int:
    """Write the files, or with `--check` judge them."""
    wanted = template()
    if "--check" not in sys.argv:
        for language in LANGUAGES:
            update(language, wanted)
    lines = [line for language in LANGUAGES for line in problems(language, wanted)]
    print("\n".join(lines[:200]))
    print(f"{len(wanted)} texts, {len(lines)} problems")
    return 1 if lines and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
