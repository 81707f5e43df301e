"""Which texts newcomers and visitors can be shown: only these are translated beyond en, nl, fr and de.

Decided by source file, for pages; by their place in the data, for titles of rule sets and names of documents; and by the
rules' own texts, whose translations stand in `pathways/rules/translations`.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from config.runtime.install import ROOT

SHOWN = (
    "accounts/roles.py",
    "pathways/access/*",
    "pathways/agreements/actions/signing.py",
    "pathways/attendance/actions/absences.py",
    "pathways/correspondence/*",
    "pathways/courses/actions/choosing.py",
    "pathways/documents/uploads.py",
    "pathways/duties/actions/requesting.py",
    "pathways/meetings/actions/own.py",
    "pathways/meetings/errors.py",
    "pathways/outcomes/actions/answers.py",
    "pathways/people/national_number.py",
    "pathways/web/attendance_words.py",
    "pathways/web/choices.py",
    "pathways/web/errors.py",
    "pathways/web/glossary.py",
    "pathways/web/messages.py",
    "pathways/web/portal/*",
    "pathways/web/public/*",
    "pathways/web/sending.py",
    "pathways/web/templatetags/*",
    "pathways/web/uploads.py",
    "pathways/web/wording.py",
    "templates/account/_*.html",
    "templates/account/base_reauthenticate.html",
    "templates/account/confirm_login_code.html",
    "templates/account/login.html",
    "templates/account/logout.html",
    "templates/account/reauthenticate.html",
    "templates/account/request_login_code.html",
    "templates/allauth/*",
    "templates/base.html",
    "templates/components/*",
    "templates/errors/*",
    "templates/mfa/authenticate.html",
    "templates/mfa/index.html",
    "templates/mfa/reauthenticate.html",
    "templates/mfa/webauthn/*",
    "templates/portal/*",
    "templates/public/*",
)
"""Files, relative to the house, whose texts newcomers' and public pages show."""

HIDDEN = (
    "pathways/web/public/style*",
    "templates/public/_style*",
    "templates/public/style*",
    "templates/account/_demo.html",
)
"""Those among them that only staff see."""

SHARED = (
    "Dark",
    "Female",
    "Light",
    "Male",
    "Other",
    "System",
    "The appointment was cancelled.",
    "The appointment was moved.",
)
"""Texts of files that are otherwise for staff."""

FRAMEWORK = (
    "Email",
    "Email address",
    "Enter a number.",
    "Enter a valid date.",
    "Enter a valid email address.",
    "Enter a valid value.",
    "Enter a whole number.",
    "Forgot your password?",
    "Master key",
    "No file was submitted. Check the encoding type on the form.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "The submitted file is empty.",
    "This field is required.",
    "This functionality requires JavaScript.",
)
"""Texts of Django's and allauth's forms that a page of newcomers can show; Django knows not all of their languages."""

UNKNOWN_TO_DJANGO = frozenset({"ps", "ti", "so"})
UNSEEN = frozenset({"notes", "examples"})
"""Parts of a rule set that stand on pages of staff alone."""

SPOKEN_ALIKE = frozenset({"A1", "A2", "B1", "B2", "C1", "C2"})

FOUR = {"en", "nl", "fr", "de"}
RULE_SETS = ROOT / "pathways" / "programmes" / "rule_sets"
TALKS = {
    ROOT / "pathways" / "meetings" / "assessments.yaml": frozenset({"help", "title"}),
    ROOT / "pathways" / "meetings" / "papers.yaml": frozenset[str](),
}
"""Labels and choices that stand in "My data", each file with its parts that do not."""
NATIONALITIES = ROOT / "pathways" / "programmes" / "data" / "nationalities.csv"
NATIONALITIES_NAMED = frozenset({"tr", "ar", "ru"})  # by columns of their own
PERMITS = ROOT / "pathways" / "programmes" / "data" / "permit_types.csv"


def is_shown(name: str) -> bool:
    """Whether newcomers can see texts of the file of that name."""
    return _fits(name, SHOWN) and not _fits(name, HIDDEN)


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


@cache
def data_texts(language: str) -> dict[str, str]:
    """English texts without a source in code that newcomers see in `language`, each with the file where it stands."""
    found: dict[str, str] = {}
    for path in sorted(RULE_SETS.glob("*.yaml")):
        for text in _titles(yaml.safe_load(path.read_text(encoding="utf-8"))):
            found.setdefault(text, path.relative_to(ROOT).as_posix())
    with PERMITS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["name_en"], PERMITS.relative_to(ROOT).as_posix())
    with NATIONALITIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file) if language not in NATIONALITIES_NAMED else ():
            if not row["alpha2"]:  # CLDR knows the others
                found.setdefault(row["name_en"], NATIONALITIES.relative_to(ROOT).as_posix())
    for path, unseen in TALKS.items():
        for text in _titles(yaml.safe_load(path.read_text(encoding="utf-8")), unseen=unseen):
            found.setdefault(text, path.relative_to(ROOT).as_posix())
    for text in SHARED:
        found.setdefault(text, "shared")
    for text in FRAMEWORK if language in UNKNOWN_TO_DJANGO else ():
        found.setdefault(text, "django/forms")
    own = rule_texts()
    return {text: name for text, name in found.items() if text not in own}


def _titles(part: Any, *, unseen: frozenset[str] = UNSEEN) -> Iterator[str]:
    """The English of every text in a rule set, or in the forms of the talks, that newcomers see."""
    if isinstance(part, dict) and set(part) == FOUR:
        if part["en"] not in SPOKEN_ALIKE:
            yield part["en"]
    elif isinstance(part, dict):
        for key, below in part.items():
            if key not in unseen:
                yield from _titles(below, unseen=unseen)
    elif isinstance(part, list):
        for below in part:
            yield from _titles(below, unseen=unseen)


@cache
def rule_texts() -> frozenset[str]:
    """The English of every text that the rules carry themselves."""
    files = (ROOT / "pathways" / "rules").rglob("*.py")
    return frozenset(text for path in files for text in _written(path))


def _written(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "texts" and len(node.args) == len(FOUR):
            first = node.args[0]
            if isinstance(first, ast.Constant) and re.search(r"[^\W\d]", str(first.value)):
                yield str(first.value)
