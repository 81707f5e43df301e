"""Papers handed in: PDF or photo, known by their content and not by their name."""

from __future__ import annotations

from pathlib import PurePath

from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused

MAX_BYTES = 10 * 1024 * 1024
NAME_LENGTH = 120
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def media_type_of(content: bytes) -> str | None:
    """The kind of paper by its first and last bytes; None for anything else, or a file that was cut off."""
    tail = content[-2048:]
    if content.startswith(b"%PDF-") and b"%%EOF" in tail:
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in tail:
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and b"IEND" in tail:
        return "image/png"
    return None


def check_paper(name: str, content: bytes) -> tuple[str, str]:
    """A safe file name and the media type. Raises ActRefused for what is no PDF or photo, or is too large."""
    if len(content) > MAX_BYTES:
        raise ActRefused(_("%(name)s is larger than 10 MB.") % {"name": name[:NAME_LENGTH]})
    media_type = media_type_of(content)
    if media_type is None:
        raise ActRefused(_("%(name)s is neither a PDF nor a photo (JPEG, PNG).") % {"name": name[:NAME_LENGTH]})
    stem = "".join(sign if sign.isalnum() or sign in " ._-" else "_" for sign in PurePath(name).stem)
    return f"{stem[:NAME_LENGTH].strip() or 'paper'}{ENDINGS[media_type]}", media_type
