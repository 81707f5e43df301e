"""What is sent with a sign-in code: a few words in the person's language, and nothing that tells whose code it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.core.mail import EmailMessage

from pathways.access.sms import send_text
from pathways.people.models import Person


@cache
def message_texts() -> dict[str, dict[str, str]]:
    """The words by language."""
    texts: dict[str, dict[str, str]] = yaml.safe_load(
        (Path(__file__).parent / "messages.yaml").read_text(encoding="utf-8")
    )
    return texts


def _texts_for(person: Person) -> dict[str, str]:
    """In the language the person reads in here, else in the one the office knows of, else in English."""
    read = person.user.language if person.user else person.contact_language
    texts = message_texts()
    return texts.get(read.partition("-")[0]) or texts["en"]


def text_code(*, person: Person, figures: str) -> None:
    """A text message with the code to the person's phone. What cannot be sent is in the log, without number and code."""
    send_text(to=person.phone, text=_texts_for(person)["text"].format(code=figures))


def mail_code(*, person: Person, figures: str) -> None:
    """An e-mail with the code to the person's address."""
    texts = _texts_for(person)
    body = f"{texts['text'].format(code=figures)}\n\n{texts['ignore']}\n"
    EmailMessage(subject=texts["subject"], body=body, to=[person.email]).send()
