"""Many papers become one: in order, each on its own sheet, tagged as a whole, each part in its language."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader, PdfWriter

from pathways.cases.letters import compose_invitation
from pathways.documents.merging import NotMergeable, merge_papers
from pathways.documents.typesetting import typeset
from tests.documents.test_letters import LETTER, MADE_AT


def merged(*papers: bytes, **more) -> PdfReader:
    named = [(f"Paper {place}", paper) for place, paper in enumerate(papers)]
    made_at = dt.datetime(2026, 3, 12, tzinfo=dt.UTC)
    return PdfReader(io.BytesIO(merge_papers(named, title="Letters", language="nl", made_at=made_at, **more)))


@pytest.fixture(scope="module")
def letters() -> list[bytes]:
    return [
        typeset("letter", compose_invitation(replace(LETTER, person_language=language)), made_at=MADE_AT)
        for language in ("nl", "ar", "nl")
    ]


def test_each_paper_begins_on_a_new_sheet(letters):
    assert len(merged(*letters).pages) == 6
    assert len(merged(*letters, own_sheets=False).pages) == 4


def test_the_whole_stays_tagged_and_every_page_finds_its_elements(letters):
    reader = merged(*letters)
    root = reader.root_object["/StructTreeRoot"]
    numbers = dict(zip(root["/ParentTree"]["/Nums"][::2], root["/ParentTree"]["/Nums"][1::2], strict=True))
    with_text = [page for page in reader.pages if page.get_contents() is not None and page.extract_text()]
    assert len(with_text) == 4
    for page in with_text:
        elements = [one.get_object() for one in numbers[page["/StructParents"]]]
        places = {one.raw_get("/Pg").idnum for one in elements if one and "/Pg" in one}
        assert places == {page.indirect_reference.idnum}


def test_the_parts_keep_their_language_and_order(letters):
    reader = merged(*letters)
    whole = reader.root_object["/StructTreeRoot"]["/K"].get_object()
    assert whole["/S"] == "/Document"
    assert [part.get_object()["/S"] for part in whole["/K"]] == ["/Part"] * 3
    assert [part.get_object()["/Lang"] for part in whole["/K"]] == ["nl"] * 3
    assert [one.title for one in reader.outline] == ["Paper 0", "Paper 1", "Paper 2"]
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_object().get_data()


def test_an_untagged_paper_takes_the_claim_away(letters):
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    plain = io.BytesIO()
    writer.write(plain)
    reader = merged(letters[0], plain.getvalue())
    assert "/StructTreeRoot" not in reader.root_object
    assert b"pdfuaid:part" not in reader.root_object["/Metadata"].get_object().get_data()


def test_what_is_no_pdf_is_named(letters):
    with pytest.raises(NotMergeable) as error:
        merged(letters[0], b"no pdf")
    assert error.value.position == 1
