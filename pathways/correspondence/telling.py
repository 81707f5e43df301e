"""Tells somebody that there is a message: in an e-mail or a text message that could be for any of those who share it.

It names nobody and no office. Where people of several languages share an address, it speaks all of them in a fixed order:
the language alone would tell for whom it is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.conf import settings
from django.core.mail import EmailMessage

from pathways.access.queries import people_with, read_contact
from pathways.access.sms import send_text

if TYPE_CHECKING:
    from pathways.people.models import Person


@cache
def texts() -> dict[str, dict[str, str]]:
    """The words by language."""
    found: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return found


def tell(person: Person) -> str:
    """Say that there is a message: by e-mail, or else by text message; how it was sent, "" where there is no way."""
    if person.email:
        _mail(person.email)
        return "email"
    if person.phone and settings.SMS_BACKEND:
        send_text(to=person.phone, text=" ".join(one["text"] for one in _words(person.phone)))
        return "sms"
    return ""


def _mail(address: str) -> None:
    said = _words(address)
    body = "\n\n---\n\n".join(f"{one['text']}\n{one['ignore']}" for one in said)
    EmailMessage(subject=said[0]["subject"], body=f"{body}\n", to=[address]).send()


def _words(address: str) -> list[dict[str, str]]:
    """The words in the languages of everybody who has this address or number, English where none is known."""
    contact = read_contact(address)
    people = people_with(contact).select_related("user") if contact else ()
    languages = {
        language
        for one in people
        for language in [(one.user.language if one.user else one.contact_language).partition("-")[0]]
        if language in texts()
    }
    return [texts()[language] for language in sorted(languages) or ["en"]]
