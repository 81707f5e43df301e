"""Many papers as one PDF to print. It stays tagged (PDF/UA) where all of them are: their structure trees become one.

pypdf copies pages but no structure; so the trees are copied here, with their numbers moved up and each in its language.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

METADATA = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}'
    "</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    "<xmp:CreateDate>{at}</xmp:CreateDate>{ua}</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="w"?>'
)
UA = "<pdfuaid:part>1</pdfuaid:part>"


class NotMergeable(ValueError):  # noqa: N818  (what it says)
    """A paper is no PDF that can be read; `position` counts from 0."""

    def __init__(self, position: int) -> None:
        super().__init__(f"paper {position} is not a readable PDF")
        self.position = position


@dataclass
class _Tree:
    """The structure tree in the making: one child per paper, one number per page or annotation."""

    children: ArrayObject = field(default_factory=ArrayObject)
    numbers: ArrayObject = field(default_factory=ArrayObject)
    roles: DictionaryObject = field(default_factory=DictionaryObject)
    next_number: int = 0
    whole: bool = True


def merge_papers(
    papers: Iterable[tuple[str, bytes]], *, title: str, language: str, made_at: dt.datetime, own_sheets: bool = True
) -> bytes:
    """One PDF of `(bookmark, PDF)` in that order, with a bookmark for each.

    With `own_sheets` each paper begins on a new sheet, also when both sides are printed: nobody gets a page of another's
    letter on the back of theirs. Raises NotMergeable.
    """
    writer, tree = PdfWriter(), _Tree()
    readers: list[PdfReader] = []  # kept: pypdf knows what it has copied by id(reader), which a new one could get
    writer.pdf_header = "%PDF-1.7"
    for position, (bookmark, content) in enumerate(papers):
        try:
            first = len(writer.pages)
            readers.append(PdfReader(io.BytesIO(content)))
            _add(writer, tree, readers[-1])
        except (PyPdfError, KeyError, TypeError, AttributeError) as error:
            raise NotMergeable(position) from error
        writer.add_outline_item(title=bookmark, page_number=first)
        if own_sheets and len(writer.pages) % 2:
            writer.add_blank_page()
    _finish(writer, tree, title, language, made_at)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _add(writer: PdfWriter, tree: _Tree, reader: PdfReader) -> None:
    """Add the pages of one paper, then its structure: by then the pages it points to have their new places."""
    first = len(writer.pages)
    writer.append(reader, import_outline=False)
    source = reader.root_object.get("/StructTreeRoot")
    if source is None:
        tree.whole = False
        return
    root = source.get_object()
    copied = DictionaryObject()
    for name in ("/K", "/ParentTree", "/RoleMap"):
        if name in root:
            copied[NameObject(name)] = root[name].clone(writer)
    offset = tree.next_number
    for page, original in zip(writer.pages[first:], reader.pages, strict=True):
        if "/StructParents" in original:  # which pypdf leaves out of its copies
            page[NameObject("/StructParents")] = NumberObject(_whole(original["/StructParents"]) + offset)
        for annotation in page.get("/Annots") or ():
            _move(annotation.get_object(), offset)
    numbers = list(_numbers(copied["/ParentTree"]))
    for number, target in numbers:
        tree.numbers.extend([NumberObject(number + offset), target])
    tree.next_number = offset + max((number for number, _target in numbers), default=-1) + 1
    tree.roles.update(copied.get("/RoleMap", DictionaryObject()))
    for child in _children(copied["/K"]):
        element = child.get_object()
        assert isinstance(element, DictionaryObject)
        element.setdefault(NameObject("/Lang"), TextStringObject(str(reader.root_object.get("/Lang", ""))))
        tree.children.append(child)


def _move(annotation: PdfObject | None, offset: int) -> None:
    """Move the number of an annotation up."""
    if isinstance(annotation, DictionaryObject) and "/StructParent" in annotation:
        annotation[NameObject("/StructParent")] = NumberObject(_whole(annotation["/StructParent"]) + offset)


def _whole(number: PdfObject) -> int:
    """A number of a PDF as one of Python."""
    found = number.get_object()
    assert isinstance(found, NumberObject)
    return int(found)


def _numbers(tree: PdfObject) -> Iterator[tuple[int, PdfObject]]:
    """The pairs of a number tree."""
    node = tree.get_object()
    assert isinstance(node, DictionaryObject)
    for kid in node.get("/Kids", ()):
        yield from _numbers(kid)
    pairs = node.get("/Nums", ArrayObject())
    for place in range(0, len(pairs), 2):
        yield int(pairs[place]), list.__getitem__(pairs, place + 1)


def _children(kids: PdfObject) -> list[PdfObject]:
    """The children of a structure element, which may be one or a list; still as references."""
    found = kids.get_object() if isinstance(kids, IndirectObject) else kids
    return list(list.__iter__(found)) if isinstance(found, ArrayObject) else [kids]


def _finish(writer: PdfWriter, tree: _Tree, title: str, language: str, made_at: dt.datetime) -> None:
    """What the whole says of itself: structure, language, title."""
    catalogue = writer.root_object
    if tree.whole:
        root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        place = writer._add_object(root)  # as pypdf's own generators of annotations do
        whole = DictionaryObject({NameObject("/S"): NameObject("/Document"), NameObject("/P"): place})
        whole[NameObject("/K")] = tree.children
        parent = writer._add_object(whole)
        for child in tree.children:
            element = child.get_object()
            assert isinstance(element, DictionaryObject)
            element[NameObject("/S")], element[NameObject("/P")] = NameObject("/Part"), parent
        root[NameObject("/K")] = parent
        root[NameObject("/RoleMap")] = tree.roles
        root[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): tree.numbers})
        root[NameObject("/ParentTreeNextKey")] = NumberObject(tree.next_number)
        catalogue[NameObject("/StructTreeRoot")] = place
        catalogue[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    catalogue[NameObject("/Lang")] = TextStringObject(language)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    catalogue[NameObject("/ViewerPreferences")] = shown
    metadata = StreamObject()
    metadata.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    text = METADATA.format(
        title=escape(title), language=escape(language), at=made_at.isoformat(), ua=UA if tree.whole else ""
    )
    metadata.set_data(text.encode())
    catalogue[NameObject("/Metadata")] = writer._add_object(metadata)
    writer.add_metadata({"/Title": title})
