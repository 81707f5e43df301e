"""The eID viewer's file: read leniently, refused clearly, and never able to reach outside itself."""

from __future__ import annotations

import base64
import datetime as dt

import pytest

from pathways.people.eid import EidError, read_eid

PHOTO = base64.b64encode(b"\xff\xd8\xff\xe0jpeg").decode()
CARD = f"""<?xml version="1.0" encoding="UTF-8"?>
<eid version="4.0" graphpersoversion="1">
 <identity nationalnumber="95.03.12-002.33" dateofbirth="19950312" gender="female" specialstatus="NO_STATUS">
  <name>Haddad</name><firstname>Nour</firstname><middlenames>Amal</middlenames>
  <nationality>Syri&#xEB;</nationality><placeofbirth>Homs</placeofbirth><photo>{PHOTO}</photo>
 </identity>
 <card documenttype="foreigner_a" validitydatebegin="20260102" validitydateend="20270102">
  <deliverymunicipality>Gent</deliverymunicipality>
 </card>
 <address><streetandnumber>Veldstraat 1</streetandnumber><zip>9000</zip><municipality>Gent</municipality></address>
</eid>""".encode()


def test_a_card_is_read() -> None:
    card = read_eid(CARD)
    assert (card.last_name, card.first_names, card.sex) == ("Haddad", "Nour Amal", "F")
    assert card.birth_date == dt.date(1995, 3, 12)
    assert card.national_number == "95031200233"
    assert (card.street, card.postal_code, card.municipality) == ("Veldstraat 1", "9000", "Gent")


def test_the_card_tells_the_permit_and_its_period() -> None:
    card = read_eid(CARD)
    assert (card.permit_type, card.valid_from, card.valid_to) == ("A", dt.date(2026, 1, 2), dt.date(2027, 1, 2))


def test_the_photo_is_optional() -> None:
    assert read_eid(CARD).photo is not None
    assert read_eid(CARD.replace(PHOTO.encode(), b"")).photo is None


def test_a_year_alone_is_no_birth_date() -> None:
    assert read_eid(CARD.replace(b"19950312", b"1995")).birth_date is None


def test_a_card_without_address_is_still_read() -> None:
    content = CARD[: CARD.index(b"<address>")] + b"</eid>"
    assert read_eid(content).street == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"not xml", b"<eid/>", b"<other><identity/></other>", b"<eid><identity>", b"x" * 1_000_001, b"\x00\xff"],
    ids=["empty", "text", "no identity", "other root", "cut off", "too large", "binary"],
)
def test_what_is_not_an_eid_file_is_refused(content: bytes) -> None:
    with pytest.raises(EidError):
        read_eid(content)


@pytest.mark.parametrize(
    "prologue",
    [
        b'<!DOCTYPE eid [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE eid [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE eid SYSTEM "http://localhost/x.dtd">',
    ],
    ids=["external entity", "entity bomb", "external dtd"],
)
def test_a_file_with_a_document_type_is_refused(prologue: bytes) -> None:
    with pytest.raises(EidError):
        read_eid(prologue + b"<eid><identity><name>&x;</name></identity></eid>")
