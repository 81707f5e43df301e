"""The translator's part of `scripts.messages`: what is missing, as JSON, and the way back into the files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message

from config.runtime.install import ROOT
from scripts.newcomers import rule_texts

Judge = Callable[[object, object], str | None]
BETWEEN = " ⟨singular, plural⟩ "
CONTEXT = " ⟨context⟩ "


def key_of(message: Message) -> str:
    """The English of a text as one line: singular and plural, and the context where it has one."""
    english = BETWEEN.join(message.id) if isinstance(message.id, list | tuple) else str(message.id)
    return f"{message.context}{CONTEXT}{english}" if message.context else english


def missing(language: str, catalogue: Catalog, rules: Mapping[str, str] | None) -> str:
    """The texts that lack a translation: English to "", or to as many "" as the language has plural forms."""
    found: dict[str, Any] = {}
    for message in catalogue:
        if message.id and not _done(message):
            several = isinstance(message.id, list | tuple)
            found[key_of(message)] = [""] * catalogue.num_plurals if several else ""
    if rules is not None:
        found |= {text: "" for text in sorted(rule_texts()) if not rules.get(text)}
    return json.dumps(found, ensure_ascii=False, indent=1)


def _done(message: Message) -> bool:
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(forms) and all(forms) and not message.fuzzy


def apply(language: str, catalogue: Catalog, file: Path, judge: Judge) -> int:
    """Take the translations of a file into `catalogue` and the rules' own texts; tell those that cannot be taken."""
    given: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    known = {key_of(message): message for message in catalogue if message.id}
    rules: dict[str, str] = {}
    refused = 0
    for key, value in given.items():
        english: object = known[key].id if key in known else key
        problem = judge(english, value) if key in known or key in rule_texts() else "no such text"
        if problem:
            refused += 1
            print(f"{language}: {problem}: {key!r}")
            continue
        if key in known:
            known[key].string = tuple(value) if isinstance(value, list) else value
            known[key].flags.discard("fuzzy")
        if key in rule_texts():
            rules[key] = str(value)
    if rules and rules_file(language).exists():  # Dutch, French and German stand beside the English in the rules
        _write_rules(language, rules)
    print(f"{language}: {len(given) - refused} taken, {refused} refused")
    return 1 if refused else 0


def rules_file(language: str) -> Path:
    """Where the rules' own texts of a further language stand."""
    return ROOT / "pathways" / "rules" / "translations" / f"{language}.py"


def _write_rules(language: str, new: Mapping[str, str]) -> None:
    """Write the rules' own texts of a language anew."""
    path = rules_file(language)
    scope: dict[str, Any] = {}
    source = path.read_text(encoding="utf-8")
    exec(compile(source, str(path), "exec"), scope)  # noqa: S102  # our own data file
    kept = {text: value for text, value in (scope["TEXTS"] | dict(new)).items() if text in rule_texts()}
    lines = [f"    {_quoted(text)}: {_quoted(value)},\n" for text, value in kept.items()]
    title = source.split("\n", 1)[0]
    path.write_text(f"{title}\n\nTEXTS = {{\n{''.join(lines)}}}\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
