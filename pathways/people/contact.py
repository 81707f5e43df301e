"""Contact data as they are stored: phone numbers in international form, e-mail addresses without stray spaces."""

from __future__ import annotations

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat

_SIGNS = str.maketrans("", "", " ./-()\u00a0")
# Belgian numbers as nearly everybody writes them: eight digits behind the zero, nine for mobile phones. Everything else is
# left to phonenumbers, which needs fifty times as long.
_BELGIAN = re.compile(r"(?:0|\+32|0032)([1-9]\d{7}|4\d{8})", re.ASCII)


def normal_phone(text: str) -> str | None:
    """`text` in international form (`+32470123456`), Belgian where it has no country code; None if it cannot be one."""
    if belgian := _BELGIAN.fullmatch(text.translate(_SIGNS)):
        return f"+32{belgian[1]}"
    try:
        number = phonenumbers.parse(text, "BE")
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def normal_email(text: str) -> str | None:
    """`text` as an e-mail address in lower case, or None if it is none."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address
