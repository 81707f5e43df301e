"""Contact data as they are stored: phone numbers in international form, e-mail addresses without stray spaces."""

from __future__ import annotations

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat


def normal_phone(text: str) -> str | None:
    """`text` in international form (`+32470123456`), Belgian where it has no country code; None if it cannot be one."""
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
