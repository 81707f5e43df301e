"""The e-mail around a letter: a few sentences in the person's and the office's language, and the paper attached."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.mail import EmailMessage

from pathways.notices.models import Letter


@cache
def mail_texts() -> dict[str, Any]:
    """The sentences by language."""
    texts: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "mail.yaml").read_text(encoding="utf-8"))
    return texts


def mail_of(letter: Letter) -> EmailMessage:
    """The message of a letter. Its Message-ID is the letter's own: a server that got it twice can tell."""
    texts = mail_texts()
    known = letter.language if letter.language in texts else "en"
    values = {"name": letter.recipient_name, "title": letter.title, "office": letter.office.name}
    parts = [texts[language]["body"].format(**values) for language in dict.fromkeys((known, letter.office.language))]
    subject = letter.title
    if letter.case_reference:
        subject = f"{subject} ({letter.case_reference})"
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n---\n\n".join(part.strip() for part in parts),
        to=[letter.email],
        headers={"Message-ID": f"<letter-{letter.public_id}@{domain}>"},
    )
    message.attach(letter.document.name, bytes(letter.document.content), letter.document.media_type)
    return message
