"""What is sent with a sign-in code: a few words in the reader's language, and nothing that tells whose code it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.core.mail import EmailMessage

from pathways.access.queries import people_with, read_contact
from pathways.access.sms import send_text
from pathways.people.models import Person


@cache
def message_texts() -> dict[str, dict[str, str]]:
    """The words by language."""
    texts: dict[str, dict[str, str]] = yaml.safe_load(
        (Path(__file__).parent / "messages.yaml").read_text(encoding="utf-8")
    )
    return texts


def words_for(address: str) -> list[dict[str, str]]:
    """The words in the languages of everybody who has this address or number, in a fixed order; English where none is known.

    One language alone would tell the others who read there which of them is meant.
    """
    contact = read_contact(address)
    people = people_with(contact).select_related("user") if contact else ()
    read = {(one.user.language if one.user else one.contact_language).partition("-")[0] for one in people}
    known = sorted(read & message_texts().keys()) or ["en"]
    return [message_texts()[language] for language in known]


def text_code(*, person: Person, figures: str) -> None:
    """A text message with the code to the person's phone. What cannot be sent is in the log, without number and code."""
    text = "\n".join(words["text"].format(code=figures) for words in words_for(person.phone))
    send_text(to=person.phone, text=text)


def mail_code(*, person: Person, figures: str) -> None:
    """An e-mail with the code to the person's address."""
    words = words_for(person.email)
    body = "\n---\n\n".join(f"{one['text'].format(code=figures)}\n\n{one['ignore']}\n" for one in words)
    EmailMessage(subject=words[0]["subject"], body=body, to=[person.email]).send()
