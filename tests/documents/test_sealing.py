"""The seal: valid by pyHanko's own validator, and any change of the file shows. A real key comes by setting."""

from __future__ import annotations

import io

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pypdf import PdfReader

from pathways.cases.letters import compose_invitation
from pathways.documents import sealing
from pathways.documents.sealing import SealingError, find_seal, seal
from pathways.documents.typesetting import typeset
from tests.documents.test_letters import LETTER, MADE_AT


@pytest.fixture
def own_key(settings, tmp_path):
    settings.SEAL_KEY, settings.SEAL_SELF_SIGNED = "", str(tmp_path / "secrets" / "seal.p12")
    return tmp_path / "secrets" / "seal.p12"


@pytest.fixture
def pdf() -> bytes:
    return typeset("letter", compose_invitation(LETTER), made_at=MADE_AT)


def test_a_sealed_paper_is_intact_and_ours(own_key, pdf):
    found = find_seal(seal(pdf, reason="Contract", location="Gent"))
    assert found is not None
    assert (found.intact, found.ours) == (True, True)
    assert found.sealed_at is not None


def test_an_unsealed_paper_has_no_seal(own_key, pdf):
    assert find_seal(pdf) is None


def test_a_changed_byte_shows(own_key, pdf):
    sealed = bytearray(seal(pdf, reason="Contract"))
    place = sealed.index(b"stream", 1000) + 40
    sealed[place] ^= 1
    found = find_seal(bytes(sealed))
    assert found is not None
    assert not found.intact


def test_something_added_behind_the_seal_shows(own_key, pdf):
    found = find_seal(seal(pdf, reason="Contract") + b"\n% more\n")
    assert found is None or not found.intact


def test_a_sealed_paper_is_still_a_tagged_pdf(own_key, pdf):
    reader = PdfReader(io.BytesIO(seal(pdf, reason="Contract")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert str(reader.pages[0]["/Tabs"]) == "/S"
    assert reader.pages[0]["/Annots"][0].get_object()["/F"] & 2  # hidden, or it had to be in the tag tree


def test_the_key_is_made_once_and_for_its_owner_only(own_key, pdf):
    seal(pdf, reason="Contract")
    made = own_key.read_bytes()
    seal(pdf, reason="Contract")
    assert own_key.read_bytes() == made
    assert own_key.stat().st_mode & 0o077 == 0


def test_a_key_of_the_organisation_is_used_where_it_is_set(own_key, pdf, settings, tmp_path):
    key, certificate, _more = pkcs12.load_key_and_certificates(sealing._self_signed(), None)
    real = tmp_path / "real.p12"
    real.write_bytes(
        pkcs12.serialize_key_and_certificates(b"real", key, certificate, None, BestAvailableEncryption(b"secret"))
    )
    settings.SEAL_KEY, settings.SEAL_PASSWORD = str(real), "secret"
    sealed = seal(pdf, reason="Contract")
    assert find_seal(sealed).ours
    settings.SEAL_KEY = ""
    assert not find_seal(sealed).ours


@pytest.mark.parametrize(("key", "words"), [("", "PATHWAYS_SEAL_KEY"), ("/nowhere.p12", "not there")])
def test_without_a_key_the_administrator_is_told_what_to_set(settings, pdf, key, words):
    settings.SEAL_KEY, settings.SEAL_SELF_SIGNED = key, ""
    with pytest.raises(SealingError, match=words):
        seal(pdf, reason="Contract")
