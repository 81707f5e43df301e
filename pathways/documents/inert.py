"""A PDF that is only pages: it runs nothing, carries no other file, sends nothing. Read with pypdf, object by object.

Every object of the file is looked at, not only those the pages lead to; and the raw text as well, since two programs may
disagree about which objects count.
"""

from __future__ import annotations

import io
import re

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

MAX_OBJECTS = 50_000
ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound"}
    | {"/RichMediaExecute", "/GoTo3DView", "/Trans3D"}
)
KEYS = frozenset({"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/XFA"})
KINDS = frozenset({"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
_RAW = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|FileAttachment|SubmitForm|ImportData)(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_CAMERA = re.compile(rb"\xff\xe1(..)Exif\x00\x00", re.DOTALL)


class Unreadable(ValueError):  # noqa: N818  (what it says)
    """No PDF that can be read to its end."""


class Locked(ValueError):  # noqa: N818
    """A password is needed to read it."""


class Active(ValueError):  # noqa: N818
    """It holds more than pages; `args` say what."""


def check_inert(content: bytes) -> None:
    """Raises Unreadable, Locked or Active."""
    if content[-2048:].rpartition(b"%%EOF")[2].strip(b"\x00\t\n\f\r ") or b"%%EOF" not in content[-2048:]:
        raise Unreadable("something comes after its end, or the end is missing")
    found = _RAW.search(_ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content))
    if found:
        raise Active(found[1].decode())
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        if not len(reader.pages):
            raise Unreadable("it has no page")
        _look_at_all(reader)
    except (Active, Locked, Unreadable):
        raise
    except Exception as error:  # the parser has no list of what a damaged file makes it raise
        raise Unreadable(str(error)) from error


def without_places(content: bytes) -> bytes:
    """The PDF with what cameras wrote into its photos (place, device) blanked; every byte stays where it is."""
    kept = bytearray(content)
    for match in _CAMERA.finditer(content):
        end = match.start() + 2 + int.from_bytes(match[1], "big")
        kept[match.end() : end] = bytes(max(0, min(end, len(kept)) - match.end()))
    return bytes(kept)


def _look_at_all(reader: PdfReader) -> None:
    """Every object that the file's tables name."""
    places = {(number, generation) for generation, table in reader.xref.items() for number in table}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MAX_OBJECTS:
        raise Unreadable("it has too many objects")
    _look_at(reader.trailer)
    for number, generation in places:
        _look_at(reader.get_object(IndirectObject(number, generation, reader)))


def _look_at(found: PdfObject | None) -> None:
    """An object with all inside it; what it refers to is looked at in its own turn."""
    waiting: list[object] = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            _judge(one)
            waiting.extend(dict.values(one))
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))


def _judge(entries: DictionaryObject) -> None:
    """Raises Active for a dictionary that does something or holds a file."""
    names = {str(name) for name in dict.keys(entries)}
    if bad := names & KEYS:
        raise Active(*sorted(bad))
    if str(dict.get(entries, "/S")) in ACTIONS:
        raise Active(str(dict.get(entries, "/S")))
    for name in ("/Type", "/Subtype"):
        if str(dict.get(entries, name)) in KINDS:
            raise Active(str(dict.get(entries, name)))
