"""Reads the `.eid` file that the Belgian eID viewer saves: XML with identity, card and address.

The parser is hardened (no entities, no external references) and the file may not exceed 1 MB. The photo stays optional.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

LARGEST_FILE = 1_000_000
"""Bytes. A real file with a photo has some 20,000."""

PERMIT_OF_DOCUMENT = {
    "foreigner_a": "A",
    "foreigner_b": "B",
    "foreigner_c": "C",
    "foreigner_d": "D",
    "foreigner_e": "E",
    "foreigner_e_plus": "E+",
    "foreigner_f": "F",
    "foreigner_f_plus": "F+",
    "european_blue_card_h": "H",
    "foreigner_i": "I",
    "foreigner_j": "J",
    "foreigner_m": "M",
    "foreigner_n": "N",
    "foreigner_k": "K",
    "foreigner_l": "L",
    "foreigner_eu": "EU",
    "foreigner_eu_plus": "EU+",
}
"""Document type of the card, as the viewer writes it, to the code of the permit type."""


class EidError(ValueError):
    """The file is not a readable `.eid` file; the message tells the user what to do."""


@dataclass(frozen=True, kw_only=True)
class EidCard:
    """What the card says. Dates are None where the card has only a year."""

    national_number: str
    last_name: str
    first_names: str
    birth_date: dt.date | None
    sex: str
    nationality: str
    street: str
    postal_code: str
    municipality: str
    permit_type: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    photo: bytes | None


def read_eid(content: bytes) -> EidCard:
    """The card in a `.eid` file. Raises `EidError` with a remedy where it is not one."""
    if len(content) > LARGEST_FILE:
        raise EidError(_("This file is too large to be an eID file. Save the card again in the eID viewer."))
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise EidError(_("This is not an eID file. In the eID viewer choose File, Save as, type .eid.")) from error
    identity = root.find("identity")
    if root.tag != "eid" or identity is None:
        raise EidError(_("This file has no identity in it. In the eID viewer choose File, Save as, type .eid."))
    return _card(root, identity)


def _card(root: Element, identity: Element) -> EidCard:
    """Reads the parts; an absent part is empty and never an error."""
    card = root.find("card")
    address = root.find("address")
    first_names = " ".join(part for part in (_text(identity, "firstname"), _text(identity, "middlenames")) if part)
    gender = _text(identity, "gender").lower()
    return EidCard(
        national_number="".join(char for char in _text(identity, "nationalnumber") if char.isdigit()),
        last_name=_text(identity, "name"),
        first_names=first_names,
        birth_date=_date(_text(identity, "dateofbirth")),
        sex={"m": "M", "f": "F", "v": "F", "w": "F"}.get(gender[:1], ""),
        nationality=_text(identity, "nationality"),
        street=_text(address, "streetandnumber"),
        postal_code=_text(address, "zip"),
        municipality=_text(address, "municipality"),
        permit_type=PERMIT_OF_DOCUMENT.get(_text(card, "documenttype").lower()),
        valid_from=_date(_text(card, "validitydatebegin")),
        valid_to=_date(_text(card, "validitydateend")),
        photo=_photo(_text(identity, "photo")),
    )


def _text(parent: Element | None, name: str) -> str:
    """An attribute or child element of that name; the viewer's versions differ in which it is."""
    if parent is None:
        return ""
    child = parent.find(name)
    value = child.text if child is not None else parent.get(name)
    return " ".join((value or "").split())


def _date(value: str) -> dt.date | None:
    """`20240229` or `2024-02-29`; anything else (a year alone) is not a date."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _photo(value: str) -> bytes | None:
    """The JPEG of the card, if there is one."""
    try:
        photo = base64.b64decode(value, validate=False)
    except binascii.Error:
        return None
    return photo if photo.startswith(b"\xff\xd8") else None
