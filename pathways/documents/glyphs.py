"""Which characters our fonts can draw. PDF/UA forbids a glyph that is missing, and typst then refuses the whole paper.

A name or a note in a script without a font must not keep a letter from leaving: what cannot be drawn becomes the sign for it.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
MISSING = "\ufffd"
"""Stands for one character, with what is combined with it, that no font draws."""


def drawable(value: Any) -> Any:
    """`value` (JSON) with every text in it as our fonts can draw it."""
    if isinstance(value, str):
        return "".join(_drawable(value))
    if isinstance(value, Mapping):
        return {key: drawable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(inner) for inner in value]
    return value


def _drawable(text: str) -> Iterator[str]:
    lost = False
    for character in unicodedata.normalize("NFC", text):
        if lost and unicodedata.combining(character):
            continue
        lost = not (character.isspace() or ord(character) in _covered())
        yield MISSING if lost else character


@cache
def _covered() -> frozenset[int]:
    """The characters of all fonts together, and those without a shape, which need none."""
    shapeless = {number for number in range(0x2000, 0x2070) if unicodedata.category(chr(number)) == "Cf"}
    return frozenset(shapeless.union(*(_characters(path.read_bytes()) for path in FONTS.glob("*.ttf"))))


def _characters(font: bytes) -> Iterator[int]:
    """The characters that the table `cmap` of a TrueType font gives a glyph (OpenType, formats 4 and 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    places = (12 + 16 * number for number in range(tables))
    start = next(struct.unpack_from(">I", font, place + 8)[0] for place in places if font[place : place + 4] == b"cmap")
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        table = start + struct.unpack_from(">I", font, start + 4 + 8 * number + 4)[0]
        kind = struct.unpack_from(">H", font, table)[0]
        if kind == 4:
            yield from _segments(font, table)
        elif kind == 12:
            yield from _groups(font, table)


def _segments(font: bytes, table: int) -> Iterator[int]:
    """Format 4: segments up to U+FFFF, each with a shift or a list of glyphs; glyph 0 is none."""
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends, starts = table + 14, table + 16 + 2 * count
    shifts, lists = starts + 2 * count, starts + 4 * count
    for number in range(count):
        first, last = (struct.unpack_from(">H", font, place + 2 * number)[0] for place in (starts, ends))
        shift, offset = (struct.unpack_from(">H", font, place + 2 * number)[0] for place in (shifts, lists))
        for character in range(first, min(last, 0xFFFE) + 1):
            glyph = character
            if offset:
                glyph = struct.unpack_from(">H", font, lists + 2 * number + offset + 2 * (character - first))[0]
            if offset and not glyph:
                continue
            if (glyph + shift) % 0x10000:
                yield character


def _groups(font: bytes, table: int) -> Iterator[int]:
    """Format 12: groups of characters with glyphs in a row."""
    for number in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", font, table + 16 + 12 * number)
        yield from (character for character in range(first, last + 1) if glyph + character - first)
