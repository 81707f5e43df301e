"""The writes of the documents floor: keep a paper that was made, or one that was received."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from django.contrib.auth.base_user import AbstractBaseUser

from pathways.documents.models import Document


def store_document(
    *, actor: AbstractBaseUser | None, name: str, media_type: str, direction: Document.Direction, content: bytes
) -> Document:
    """Keep `content` with its SHA-256. The journal entry belongs to the act that gives the paper its meaning."""
    return Document.objects.create(
        name=name,
        media_type=media_type,
        direction=direction,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        made_by_id=actor.pk if actor else None,
    )


def forget_documents(*, ids: Collection[int]) -> None:
    """Delete papers that were made for a time only, such as exported lists. Nothing may refer to them any more."""
    Document.objects.filter(pk__in=ids).delete()
