"""Rule-set documents as text: written in the order of the format, read from YAML or JSON with every fault by place."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import yaml
from django.utils.translation import gettext as _

from pathways.rules import LANGUAGES
from pathways.rules.rule_sets.kinds import Kind, Many, Nullable, Text
from pathways.rules.rule_sets.objects import Object
from pathways.rules.rule_sets.reading import RULE_SET, normalised

FORMATS = ("yaml", "json")
UNUSUAL = frozenset("\r\x85\u2028\u2029\ufeff")
LARGEST = 2_000_000
"""Bytes of a file that is read; the largest shipped rule set has 50,000."""


class UnreadableError(ValueError):
    """A file is no document at all; the text says why, with line and column where they are known."""


def ordered(data: Any, kind: Kind = RULE_SET) -> Any:
    """The same document with its keys in the order of the format; it may be faulty. The database keeps no order."""
    if data is None:
        return None
    match kind:
        case Nullable(kind=inner):
            return ordered(data, inner)
        case Many(kind=inner) if isinstance(data, list):
            return [ordered(item, inner) for item in data]
        case Object(cls=cls) if isinstance(data, Mapping):
            kinds = {field.name: field.metadata["kind"] for field in dataclasses.fields(cls)}
            known = {name: ordered(data[name], each) for name, each in kinds.items() if name in data}
            return known | {key: data[key] for key in sorted(data.keys() - known.keys(), key=str)}
        case Text() if isinstance(data, Mapping):
            first = {language: data[language] for language in LANGUAGES if language in data}
            return first | {key: data[key] for key in sorted(data.keys() - first.keys(), key=str)}
    return {key: data[key] for key in sorted(data, key=str)} if isinstance(data, Mapping) else data


def written(document: Any, form: str) -> str:
    """A document as YAML (opened by `---`) or JSON text."""
    if form == "json":
        return json.dumps(ordered(document), ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(
        ordered(document),
        Dumper=_Plain,
        explicit_start=True,
        allow_unicode=True,
        sort_keys=False,
        width=118,
    )


class _Plain(yaml.SafeDumper):
    """YAML without anchors: a part that is written twice is written twice. Texts come back to the letter."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is an alias."""
        return True


def _quoted(dumper: _Plain, text: str) -> yaml.ScalarNode:
    """Line ends other than the usual one are read as that one, unless they are escaped."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if UNUSUAL & set(text) else None)


_Plain.add_representer(str, _quoted)


def read_text(content: bytes) -> Any:
    """The data of a YAML or JSON file (JSON is YAML); UnreadableError where it is neither."""
    if len(content) > LARGEST:
        raise UnreadableError(_("The file is larger than %(size)s MB.") % {"size": LARGEST // 1_000_000})
    try:
        return storable(normalised(_loaded(content.decode("utf-8-sig"))))
    except UnicodeDecodeError as error:
        raise UnreadableError(_("The file is not text in UTF-8.")) from error
    except yaml.YAMLError as error:
        raise UnreadableError(" ".join(str(error).split())) from error
    except RecursionError as error:
        raise UnreadableError(_("The file is nested too deeply.")) from error


def _loaded(text: str) -> Any:
    """JSON as JSON, for YAML reads some of its line ends otherwise; anything else as YAML."""
    try:
        return json.loads(text)
    except ValueError:
        return yaml.load(text, Loader=_Reader)  # noqa: S506  a safe loader


class _Reader(yaml.SafeLoader):
    """Safe YAML without aliases: a few bytes cannot become gigabytes, and nothing can contain itself."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """A node; an alias is a fault with its place."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem=_("Aliases (*) are not read: write the part again."), problem_mark=mark)
        return super().compose_node(parent, index)


def storable(data: Any) -> Any:
    """The data if a database can keep them as JSON; UnreadableError otherwise."""
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError) as error:  # a set, a time, not-a-number, half a letter
        raise UnreadableError(_("The file holds a value that JSON does not know.")) from error
    if "\\u0000" in text:
        raise UnreadableError(_("The file holds a character that is no text."))
    # Keys become texts; the database knows no negative zero.
    return json.loads(text, parse_float=lambda number: float(number) + 0.0)
