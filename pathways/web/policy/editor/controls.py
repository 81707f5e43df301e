"""What a form shows for a part of a rule set: one control for each kind of value, with the raw value that is there.

A value that a control cannot show (a faulty import) is shown as text. `posting` reads back what these controls send.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from pathways.programmes.writing import ordered
from pathways.rules import LANGUAGES, Fact
from pathways.rules.problems import pointer
from pathways.rules.rule_sets import Unset
from pathways.rules.rule_sets.kinds import (
    Choice,
    ConditionKind,
    Date,
    DateFacts,
    FactName,
    Flag,
    Kind,
    Length,
    Many,
    MapOf,
    Nullable,
    Number,
    String,
    Text,
)
from pathways.rules.rule_sets.objects import FactValues, GrantedFacts, Object
from pathways.web.names import language_name
from pathways.web.policy.editor.context import Context
from pathways.web.policy.labels import HELP, UNITS, choice_label, field_label

BLANK_ROWS = 2
LONG = 70
LENGTH = re.compile(r"P(.*)([YMDW])\Z", re.DOTALL)
Options = list[tuple[str, str]]
ABSENT = object()
"""A key that is not there."""


@dataclass
class Control:
    """One control. `name` is its name in the form, `place` the JSON pointer of its value within the part."""

    widget: str
    name: str
    place: str
    label: str
    value: Any = ""
    options: Options = field(default_factory=list)
    children: list[Control] = field(default_factory=list)
    optional: bool = False
    help: str = ""
    errors: list[str] = field(default_factory=list)
    on: bool = True
    lang: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its identifier on the page."""
        return "f-" + re.sub(r"[^A-Za-z0-9_-]", "-", self.name)

    def walk(self) -> Iterable[Control]:
        """It and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Spot:
    """Where a value stands: its name and place, its label, and whether it may be blank and what blank then is."""

    name: str
    place: str
    label: str
    key: str
    blank: bool = False
    help: str = ""

    def below(self, step: str | int, label: str, key: str | None = None, *, blank: bool = False) -> Spot:
        """A spot inside."""
        name = f"{self.name}.{step}" if self.name else str(step)
        return Spot(name, pointer(self.place, step), label, self.key if key is None else key, blank)


def part_controls(cls: type[Any], raw: Any, names: Sequence[str], context: Context) -> list[Control]:
    """The controls of an object of the format, of the fields `names` of it."""
    top = Spot("", "", "", "")
    return _fields(cls, raw if isinstance(raw, Mapping) else {}, names, top, context)


def control(kind: Kind, raw: Any, spot: Spot, context: Context) -> Control:
    """The control of one value; raw is ABSENT where there is none."""
    if isinstance(kind, Nullable):
        return control(kind.kind, ABSENT if raw is None else raw, dataclasses.replace(spot, blank=True), context)
    shown = _shown(kind, raw, spot, context)
    return shown or _as_text(raw, spot)


def _shown(kind: Kind, raw: Any, spot: Spot, context: Context) -> Control | None:
    """The control that fits the kind; None where it cannot show the value."""
    absent = raw is ABSENT
    match kind:
        case String() if absent or isinstance(raw, str):
            value = "" if absent else raw
            return _control("textarea" if len(value) > LONG else "text", spot, value)
        case Text() if absent or _texts(raw):
            return _text(raw, spot, context.language)
        case Choice(options=options) if absent or raw == "" or (raw in options and not isinstance(raw, bool)):
            listed = [(str(code), choice_label(spot.key, code, context.language)) for code in options]
            return _select(spot, "" if absent else str(raw), listed)
        case Number() if absent or type(raw) in (int, float):
            return _control("number", spot, "" if absent else f"{raw:.15g}")
        case Flag() if absent or isinstance(raw, bool):
            return _select(spot, "" if absent else str(raw).lower(), _yes_no())
        case Date() if absent or _is_date(raw):
            return _control("date", spot, "" if absent else raw)
        case Length() if absent or (isinstance(raw, str) and LENGTH.match(raw)):
            found = None if absent else LENGTH.match(raw)
            count, unit = (found[1], found[2]) if found else ("", "M")
            return _control(
                "length", spot, count, [(code, str(word)) for code, word in UNITS.items()], data={"unit": unit}
            )
        case ConditionKind(progress=progress):
            text = "" if absent else raw if isinstance(raw, str) else condition_text(raw)
            return _control("condition", spot, text, data={"progress": progress, "blank": spot.blank})
        case _:
            return _composed(kind, raw, spot, context)


def _composed(kind: Kind, raw: Any, spot: Spot, context: Context) -> Control | None:
    """Values made of others."""
    absent = raw is ABSENT
    match kind:
        case DateFacts(today=today) if absent or _names(raw):
            names = [] if absent else [raw] if isinstance(raw, str) else raw
            return _selects(dataclasses.replace(spot, blank=False), names, context.date_facts(today=today))
        case Many(kind=Choice(options=options)) if absent or _names(raw):
            listed = [(str(code), choice_label(spot.key, code, context.language)) for code in options]
            return _control("checks", spot, [] if absent else raw, listed, data=_none(() if absent else raw, spot))
        case Many(kind=FactName()) if absent or _names(raw):
            return _selects(spot, () if absent else raw, context.stored_facts())
        case Many(kind=Object() as inner) if absent or isinstance(raw, list):
            return _many(inner, [] if absent else raw, spot, context)
        case Object(cls=cls) if absent or isinstance(raw, Mapping):
            fields = [each.name for each in dataclasses.fields(cls)]
            children = _fields(cls, {} if absent else raw, fields, dataclasses.replace(spot, blank=False), context)
            return _control("group", spot, children=children, on=not absent)
        case MapOf(kind=inner, keys=keys) if absent or isinstance(raw, Mapping):
            return _map(inner, raw, keys or context.codes(spot.key), spot, context)
        case GrantedFacts() | FactValues() if absent or isinstance(raw, Mapping):
            return _facts({} if absent else raw, spot, context, granted=isinstance(kind, GrantedFacts))
    return None


def _fields(
    cls: type[Any], raw: Mapping[str, Any], names: Sequence[str], spot: Spot, context: Context
) -> list[Control]:
    shown = []
    for each in dataclasses.fields(cls):
        kind = each.metadata["kind"]
        if each.name not in names or constant(kind):
            continue
        inner = spot.below(each.name, field_label(each.name), each.name, blank=each.metadata["optional"])
        found = control(kind, raw.get(each.name, ABSENT), inner, context)
        if each.metadata["absent"] is Unset.UNSET and isinstance(kind, Nullable):
            found.options.insert(0, ("null", _("not yet known")))
            found.value = "null" if raw.get(each.name, ABSENT) is None else found.value
        found.help = found.help or str(HELP.get(each.name, ""))
        shown.append(found)
    known = {each.name for each in dataclasses.fields(cls)}
    if not spot.name and len(names) < len(known):
        return shown  # one of several forms for the same object
    if others := {key: value for key, value in raw.items() if key not in known}:
        shown.append(_as_text(others, spot.below("__other", _("Keys that the format does not know"))))
    return shown


def constant(kind: Kind) -> bool:
    """Whether there is nothing to choose."""
    return isinstance(kind, Choice) and len(kind.options) == 1


def _control(widget: str, spot: Spot, value: Any = "", options: Options | None = None, **more: Any) -> Control:
    return Control(widget, spot.name, spot.place, spot.label, value, options or [], optional=spot.blank, **more)


def _select(spot: Spot, value: str, options: Options) -> Control:
    return _control("select", spot, value, options)


def _yes_no() -> Options:
    return [("true", _("Yes")), ("false", _("No"))]


def _text(raw: Any, spot: Spot, reader: str) -> Control:
    texts = {} if raw is ABSENT else raw
    widget = "textarea" if any(len(text) > LONG for text in texts.values()) else "text"
    children = []
    for language in LANGUAGES:
        each = _control(widget, spot.below(language, language_name(language, reader)), texts.get(language, ""))
        each.lang = language
        children.append(each)
    return _control("texts", spot, children=children)


def _selects(spot: Spot, names: Sequence[str], options: Options) -> Control:
    """An ordered list of codes: a select for each, and one more; a blank one is left out."""
    known = {code for code, _label in options}
    options = [*options, *((name, name) for name in names if name not in known)]
    shown = [*names, *[""] * max(1, BLANK_ROWS - len(names))]
    children = []
    for number, name in enumerate(shown):
        each = _select(spot.below(number, f"{spot.label} {number + 1}", blank=True), name, options)
        children.append(each)
    return _control("selects", spot, children=children, data=_none(names, spot))


def _none(raw: Any, spot: Spot) -> dict[str, bool]:
    """Where a list may be left out, an empty one says something else: that there is none."""
    return {"none": not raw and raw != ()} if spot.blank else {}


def _many(kind: Object, raw: Sequence[Any], spot: Spot, context: Context) -> Control:
    shown = [*raw, *[ABSENT] * BLANK_ROWS]
    children = []
    for number, item in enumerate(shown):
        each = control(kind, item, spot.below(number, f"{number + 1}"), context)
        each.on = True
        children.append(each)
    return _control("many", spot, children=children)


def _map(kind: Kind, given: Any, keys: Iterable[str], spot: Spot, context: Context) -> Control:
    """A row for each key; for a value that may be null there is one more word than for a missing key."""
    children = []
    raw: Mapping[str, Any] = {} if given is ABSENT else given
    for key in dict.fromkeys([*keys, *raw]):
        label = choice_label(spot.key, key, context.language)
        inner = dataclasses.replace(spot.below(key, context.code_title(spot.key, key) or label), blank=True)
        each = control(kind, raw.get(key, ABSENT), inner, context)
        if isinstance(kind, Nullable):
            each.data = {**each.data, "null": raw.get(key, ABSENT) is None}
        children.append(each)
    return _control("map", spot, children=children, data=_none(() if given is ABSENT else raw, spot))


def _facts(raw: Mapping[str, Any], spot: Spot, context: Context, *, granted: bool) -> Control:
    children = []
    for name in ordered(dict(raw)):
        fact = context.fact(name)
        children.append(_fact_value(fact, raw[name], spot.below(name, context.fact_label(name), blank=True), context))
    offered = context.recordable_facts() if granted else context.all_facts()
    new = [
        _control("fact", spot.below(f"__new.{row}", _("Another fact")), "", offered) for row in range(BLANK_ROWS + 1)
    ]
    return _control("facts", spot, children=children, data={"new": new})


def _fact_value(fact: Fact | None, raw: Any, spot: Spot, context: Context) -> Control:
    if fact is None:
        return _as_text(raw, spot)
    if fact.type == "bool" and isinstance(raw, bool):
        return _select(spot, str(raw).lower(), _yes_no())
    if fact.choices and raw in fact.choices:
        return _select(spot, raw, [(code, context.choice(fact, code)) for code in fact.choices])
    if fact.type == "date" and _is_date(raw):
        return _control("date", spot, raw)
    return _control("text", spot, raw if isinstance(raw, str) else json.dumps(raw))


def _as_text(raw: Any, spot: Spot) -> Control:
    """Whatever it is, as YAML."""
    text = "" if raw is ABSENT else yaml.safe_dump(ordered(raw), allow_unicode=True, sort_keys=False, width=100)
    return _control("raw", spot, text.removesuffix("...\n"))


def condition_text(raw: Any) -> str:
    """A condition as JSON text: short ones on one line, groups with a line for each part."""
    short = json.dumps(raw, ensure_ascii=False)
    if len(short) <= LONG or not isinstance(raw, Mapping) or len(raw) != 1:
        return short
    operator, parts = next(iter(raw.items()))
    if not isinstance(parts, list) or operator not in ("and", "or", "!"):
        return short
    lines = ",\n".join("  " + condition_text(part).replace("\n", "\n  ") for part in parts)
    return f"{{{json.dumps(operator)}: [\n{lines}\n]}}"


def _texts(raw: Any) -> bool:
    return isinstance(raw, Mapping) and all(key in LANGUAGES and isinstance(text, str) for key, text in raw.items())


def _names(raw: Any) -> bool:
    return isinstance(raw, str) or (isinstance(raw, list) and all(isinstance(name, str) for name in raw))


def _is_date(raw: Any) -> bool:
    return isinstance(raw, str) and bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII))
