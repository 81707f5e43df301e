"""Files that people hand in: photos and PDF, known by content. What is kept is not always what came.

A photo is drawn anew, so that nothing but its picture is kept: no place, no camera, no hidden second file. A PDF is kept
as it came, since it may be sealed; one that can act (scripts, files inside, forms that send) is refused.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from pathways.documents import photos
from pathways.documents.actions import store_document
from pathways.documents.inert import Active, Locked, Unreadable, check_inert, without_places
from pathways.documents.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

MAX_BYTES = 10 * 1024 * 1024
NAME_LENGTH = 100
PDF = "application/pdf"
ENDINGS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf"
"""For the `accept` attribute of a file field."""


class UploadRefused(Exception):  # noqa: N818  (what it says)
    """The file cannot be taken; the text is the sentence for whoever handed it in."""


class Scanner(Protocol):
    """What `PATHWAYS_SCAN` names: a class without arguments that looks for malicious content."""

    def scan(self, content: bytes) -> str:
        """The name of what was found, "" for nothing. An error means that nothing can be taken now."""


class NamedFile(Protocol):
    """A file of a form, as Django gives it."""

    name: str | None

    def read(self, num_bytes: int | None = None, /) -> bytes:
        """At most so many bytes."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file fit to be kept: a safe name, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


def accept_upload(file: NamedFile, *, actor: AbstractBaseUser | None) -> Document:
    """Check, clean and keep a file of a form. Raises UploadRefused. The journal entry belongs to the act it is for."""
    upload = clean_upload(file)
    return store_upload(upload, actor=actor)


def store_upload(upload: Upload, *, actor: AbstractBaseUser | None) -> Document:
    """Keep what `clean_upload` gave: for forms, which check before they write."""
    return store_document(
        actor=actor,
        name=upload.name,
        media_type=upload.media_type,
        direction=Document.Direction.IN,
        content=upload.content,
    )


def clean_upload(file: NamedFile) -> Upload:
    """What can be kept of a file; nothing is written. Raises UploadRefused."""
    content = file.read(MAX_BYTES + 1)
    if not content:
        raise UploadRefused(_("This file is empty."))
    if len(content) > MAX_BYTES:
        raise UploadRefused(_("This file is too large. It may have 10 megabytes at most."))
    kind = kind_of(content)
    if kind is None:
        raise UploadRefused(_("We can only take photos and PDF files."))
    _scan(content)
    media_type, kept = (PDF, _checked_pdf(content)) if kind == PDF else _drawn_photo(content, kind)
    return Upload(_safe_name(file.name or "", media_type), media_type, kept)


def kind_of(content: bytes) -> str | None:
    """The kind of file by how it begins, whatever it is called; None for all we do not take."""
    if content.startswith(b"%PDF-"):
        return PDF
    return photos.kind_of(content)


def _drawn_photo(content: bytes, kind: str) -> tuple[str, bytes]:
    try:
        return photos.draw_anew(content, kind)
    except photos.TooManyPixels as error:
        raise UploadRefused(_("This photo is too large. Take it again with a lower resolution.")) from error
    except photos.NotReadable as error:
        raise UploadRefused(_("We cannot open this photo. Please take it again.")) from error


def _checked_pdf(content: bytes) -> bytes:
    if zipfile.is_zipfile(io.BytesIO(content)):  # a PDF to one program, an archive to another
        raise UploadRefused(_unsafe())
    try:
        check_inert(content)
    except Locked as error:
        raise UploadRefused(_("This PDF is locked with a password. Send one without a password.")) from error
    except Active as error:
        raise UploadRefused(_unsafe()) from error
    except Unreadable as error:
        raise UploadRefused(_("We cannot open this PDF. You can send a photo of the paper.")) from error
    return without_places(content)


def _unsafe() -> str:
    return _("This PDF has more than pages in it. You can send a photo of the paper.")


def _scan(content: bytes) -> None:
    if not settings.UPLOAD_SCANNER:
        return
    scanner: Scanner = import_string(settings.UPLOAD_SCANNER)()
    try:
        found = scanner.scan(content)
    except Exception as error:  # whatever a scanner's own library raises
        raise UploadRefused(_("We cannot check files now. Please try again later.")) from error
    if found:
        raise UploadRefused(_("This file is not safe. We did not keep it."))


def _safe_name(name: str, media_type: str) -> str:
    """Letters, digits and a few signs of the name it came with, and the ending of what is kept."""
    stem = "".join(sign if sign.isalnum() or sign in " ._-" else "_" for sign in PurePath(name).stem)
    return f"{stem[:NAME_LENGTH].strip(' .') or 'paper'}{ENDINGS[media_type]}"
