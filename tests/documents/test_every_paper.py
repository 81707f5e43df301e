"""Every paper passes what a machine can check of PDF/UA-1: each template, sealed, and bound together."""

from __future__ import annotations

import io
from functools import cache

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from pathways.documents.merging import merge_papers
from pathways.documents.sealing import find_seal, seal
from pathways.documents.typesetting import HERE, typeset
from tests.documents.pdf_ua import elements_of, findings
from tests.documents.samples import SAMPLES
from tests.documents.test_letters import LETTER, MADE_AT, compose_invitation, replace

SEALED = ("certificate", "contract", "handover")


@cache
def paper(template: str) -> bytes:
    """The sample of a template."""
    return typeset(template, SAMPLES[template](), made_at=MADE_AT)


def test_every_template_has_its_sample() -> None:
    assert set(SAMPLES) == {path.stem for path in (HERE / "letters").glob("*.typ")}


@pytest.mark.parametrize("template", SAMPLES)
def test_a_paper_is_accessible(template: str) -> None:
    assert findings(paper(template)) == []


@pytest.mark.parametrize("template", SEALED)
def test_a_sealed_paper_stays_accessible_and_its_seal_valid(template: str) -> None:
    sealed = seal(paper(template), reason="Issued", location="Gent")
    assert findings(sealed) == []
    found = find_seal(sealed)
    assert found is not None
    assert (found.intact, found.ours) == (True, True)


@pytest.mark.parametrize("own_sheets", [True, False])
def test_papers_bound_together_are_accessible(own_sheets: bool) -> None:
    sealed = seal(paper("contract"), reason="Signed", location="Gent")
    papers = [*((name, paper(name)) for name in SAMPLES), ("sealed", sealed)]
    bound = merge_papers(papers, title="Post", language="nl", made_at=MADE_AT, own_sheets=own_sheets)
    assert findings(bound) == []
    assert sum(element["/S"] == "/Part" for element in elements_of(PdfReader(io.BytesIO(bound)))) == len(papers)


@pytest.mark.parametrize("name", ["王小明", "ნინო Haddad", "Ali \U0001f600", "A\x07li", "ትርሃስ", "Łukasz Żółć"])
def test_a_name_beyond_the_fonts_still_makes_an_accessible_paper(name: str) -> None:
    pdf = typeset("letter", compose_invitation(replace(LETTER, name=name)), made_at=MADE_AT)
    assert findings(pdf) == []


def test_what_the_fonts_can_draw_stays_beside_what_they_cannot() -> None:
    pdf = typeset("letter", compose_invitation(replace(LETTER, name="ნინო Haddad")), made_at=MADE_AT)
    assert "Haddad" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def spoilt(**changes: object) -> list[str]:
    """What is found in a letter whose catalogue was changed."""
    writer = PdfWriter(clone_from=io.BytesIO(paper("letter")))
    for name, value in changes.items():
        if value is None:
            del writer.root_object[f"/{name}"]
        else:
            writer.root_object[NameObject(f"/{name}")] = value
    file = io.BytesIO()
    writer.write(file)
    return findings(file.getvalue())


def test_the_check_sees_what_is_missing() -> None:
    assert spoilt() == []
    assert "not marked as tagged" in spoilt(MarkInfo=None)
    assert "the title is not shown" in spoilt(ViewerPreferences=None)
    assert "does not say that it is PDF/UA-1" in spoilt(Metadata=None)
    assert "no language: ''" in spoilt(Lang=TextStringObject(""))
    empty = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    assert any("has no element" in one for one in spoilt(StructTreeRoot=empty))


def test_the_check_sees_content_outside_of_the_tree() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(paper("letter")))
    page = writer.pages[0]
    contents = page.get_contents()
    assert contents is not None
    contents.set_data(contents.get_data() + b"\nBT (x) Tj ET\n")
    page[NameObject("/Contents")] = writer._add_object(contents)
    file = io.BytesIO()
    writer.write(file)
    assert any("neither in the tree" in one for one in findings(file.getvalue()))
