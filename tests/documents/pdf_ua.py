"""What a machine can check of PDF/UA-1 (ISO 14289-1) in a file: `findings` names each place that breaks a rule.

The rules are those of veraPDF's profile that our papers can meet: tagged, titled, in a language, every glyph readable, every
piece of content in the tree or an artifact, pictures described, tables with heads, headings in order, fields out of the way.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

SHOWS = frozenset(
    {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do", b"INLINE IMAGE"}
)
"""Operators that put something on the page."""
STANDARD = frozenset(
    (
        *(
            "Document",
            "DocumentFragment",
            "Part",
            "Art",
            "Sect",
            "Div",
            "BlockQuote",
            "Caption",
            "TOC",
            "TOCI",
            "Index",
        ),
        *(
            "NonStruct",
            "Private",
            "H",
            "H1",
            "H2",
            "H3",
            "H4",
            "H5",
            "H6",
            "P",
            "L",
            "LI",
            "Lbl",
            "LBody",
            "Table",
            "TR",
        ),
        *("TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link"),
        *("Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    )
)
HIDDEN = 2
"""The flag of an annotation that is not shown."""


def findings(pdf: bytes) -> list[str]:
    """What breaks a rule; empty for a good file."""
    reader = PdfReader(io.BytesIO(pdf))
    return [
        *_says_of_itself(reader),
        *(f"font {name}: {what}" for name, what in _fonts(reader)),
        *_content(reader),
        *_tree(reader),
        *_annotations(reader),
    ]


def _says_of_itself(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if reader.is_encrypted:
        yield "encrypted"
    if not _true(root.get("/MarkInfo", {}).get("/Marked")):
        yield "not marked as tagged"
    if _true(root.get("/MarkInfo", {}).get("/Suspects")):
        yield "tags under suspicion"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", str(root.get("/Lang", ""))):
        yield f"no language: {root.get('/Lang')!r}"
    if not _true(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "the title is not shown"
    about = root["/Metadata"].get_object().get_data().decode() if "/Metadata" in root else ""
    if not re.search(r"pdfuaid:part(>|=['\"])1", about):
        yield "does not say that it is PDF/UA-1"
    if not re.search(r"<dc:title[^>]*>.*?<rdf:li[^>]*>[^<]+</rdf:li>", about, re.S):
        yield "no title in the metadata"


def _true(value: Any) -> bool:
    """A truth value of a PDF, which is an object of its own."""
    return bool(getattr(value, "value", False))


def _fonts(reader: PdfReader) -> Iterator[tuple[str, str]]:
    for name, font in _found_fonts(reader):
        if "/ToUnicode" not in font:
            yield name, "its text cannot be read"
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        if font.get("/Subtype") != "/Type3" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
            yield name, "not embedded"
        if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            yield name, "no map to glyphs"


def _found_fonts(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    waiting, seen = [page.get("/Resources", {}) for page in reader.pages], set()
    while waiting:
        resources = waiting.pop().get_object()
        for name, font in resources.get("/Font", {}).items():
            yield f"{name} {font.get_object().get('/BaseFont')}", font.get_object()
        for one in resources.get("/XObject", {}).values():
            if id(one.get_object()) not in seen and "/Resources" in one.get_object():
                seen.add(id(one.get_object()))
                waiting.append(one.get_object()["/Resources"])


def _content(reader: PdfReader) -> Iterator[str]:
    """Whatever is shown stands in the tree or is an artifact, and every mark has its element."""
    elements = _parents(reader)
    for number, page in enumerate(reader.pages, 1):
        if (contents := page.get_contents()) is None:
            continue
        known = elements.get(page.get("/StructParents", -1), [])
        marks: list[Any] = []
        for operands, operator in ContentStream(contents, reader).operations:
            if operator in (b"BDC", b"BMC"):
                properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
                marks.append(properties.get("/MCID", "artifact" if operands[0] == "/Artifact" else None))
                if (mark := marks[-1]) not in (None, "artifact") and (mark >= len(known) or known[mark] is None):
                    yield f"page {number}: mark {mark} has no element"
            elif operator == b"EMC":
                marks.pop()
            elif operator in SHOWS and not any(mark is not None for mark in marks):
                yield f"page {number}: {operator.decode()} is neither in the tree nor an artifact"


def _parents(reader: PdfReader) -> dict[int, Any]:
    """The parent tree as a dictionary."""
    found: dict[int, Any] = {}
    root = reader.root_object.get("/StructTreeRoot", {})
    waiting = [root["/ParentTree"]] if "/ParentTree" in root else []
    while waiting:
        node = waiting.pop().get_object()
        waiting += node.get("/Kids", ())
        pairs = [one.get_object() for one in node.get("/Nums", ())]
        found.update(zip(pairs[::2], pairs[1::2], strict=True))
    return found


def elements_of(reader: PdfReader) -> Iterator[Any]:
    """Every element of the structure tree in the order of reading."""

    def below(kids: Any) -> Iterator[Any]:
        for kid in kids if isinstance(kids, list) else [kids]:
            element = kid.get_object()
            if isinstance(element, dict) and "/S" in element:
                yield element
                yield from below(element.get("/K", []))

    yield from below(reader.root_object.get("/StructTreeRoot", {}).get("/K", []))


def _tree(reader: PdfReader) -> Iterator[str]:
    roles = reader.root_object.get("/StructTreeRoot", {}).get("/RoleMap", {})
    level, found = 0, list(elements_of(reader))
    if not found:
        yield "no structure"
    for element in found:
        kind = str(element["/S"])
        role = str(roles.get(kind, kind))[1:]
        if role not in STANDARD:
            yield f"unknown structure: {kind}"
        if role in ("Figure", "Formula") and not str(element.get("/Alt", "")).strip():
            yield "a picture without a description"
        if role == "Table" and not any(str(one["/S"]) == "/TH" for one in _inside(element)):
            yield "a table without heads"
        if role == "TH" and not _scoped(element):
            yield "a head of a table without scope"
        if heading := re.fullmatch(r"H([1-6])", role):
            if int(heading[1]) > level + 1:
                yield f"H{heading[1]} after {'H' + str(level) if level else 'nothing'}"
            if not element.get("/K"):
                yield "an empty heading"
            level = int(heading[1])


def _inside(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if isinstance(inner, dict) and "/S" in inner:
            yield inner
            yield from _inside(inner)


def _scoped(element: Any) -> bool:
    attributes = element.get("/A", [])
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    several = attributes if isinstance(attributes, list) else [attributes]
    return any("/Scope" in one.get_object() for one in several)


def _annotations(reader: PdfReader) -> Iterator[str]:
    parents = _parents(reader)
    for number, page in enumerate(reader.pages, 1):
        annotations = [one.get_object() for one in page.get("/Annots", [])]
        if annotations and page.get("/Tabs") != "/S":
            yield f"page {number}: fields are not reached in the order of the tree"
        for one in annotations:
            if int(one.get("/F", 0)) & HIDDEN:
                continue
            if one.get("/StructParent", -1) not in parents:
                yield f"page {number}: {one['/Subtype']} stands outside of the tree"
            if not (one.get("/Contents") or one.get("/TU")):
                yield f"page {number}: {one['/Subtype']} without words"
