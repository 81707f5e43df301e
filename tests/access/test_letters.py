"""The access letter: both languages on one paper, the code in groups, a picture that opens the page for it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from pathways.access.actions import issue_code
from pathways.access.letters import compose_access, texts, typeset_access
from pathways.documents.models import Document
from tests.access.conftest import AT, ON

ADDRESS = "https://pathways.example/my/code/"


@pytest.fixture
def letter(nour):
    """`letter("ar")`: Nour's letter, who speaks that language, as data."""

    def of(language, how=compose_access):
        nour.person.contact_language = language
        nour.case.person = nour.person
        code, figures = issue_code(actor=None, person=nour.person, case_id=None, on=ON, at=AT, figures="482103795526")
        return how(case=nour.case, code=code, figures=figures, address=ADDRESS, on=ON)

    return of


def test_every_language_has_every_sentence():
    for language, words in texts().items():
        assert set(words) == set(texts()["en"]), language
        assert len(words["steps"]) == 3, language


@pytest.mark.parametrize("language", [code for code in texts() if code != "nl"])
def test_the_letter_is_one_tagged_page_in_both_languages(letter, language):
    pdf = PdfReader(io.BytesIO(letter(language, typeset_access)))
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = pdf.pages[0].extract_text()
    assert "482 103 795 526" in text
    assert "Uw eigen pagina" in text


def test_the_office_language_stands_beside_the_persons(letter):
    assert [part["language"] for part in letter("ar")["parts"]] == ["nl", "ar"]
    assert [part["language"] for part in letter("nl")["parts"]] == ["nl"]
    assert [part["language"] for part in letter("xx")["parts"]] == ["nl", "en"]


def test_the_address_to_type_has_no_code_in_it(letter):
    said = " ".join(letter("en")["parts"][1]["steps"])
    assert "pathways.example/my/code" in said
    assert "482" not in said


def test_the_paper_is_kept_nowhere(letter):
    letter("ar", typeset_access)
    assert not Document.objects.exists()
