"""Photos drawn anew: the picture is decoded and encoded again, upright, and nothing else of the file is kept."""

from __future__ import annotations

import io

from pi_heif import register_heif_opener
from PIL import Image, ImageOps

register_heif_opener()

MAX_PIXELS = 60_000_000
LONGEST_SIDE = 3508
"""A page of A4 at 300 dots per inch: what a paper needs to be read."""
QUALITY = 88
JPEG, PNG = "image/jpeg", "image/png"
DECODERS = {JPEG: "JPEG", PNG: "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}


class NotReadable(ValueError):  # noqa: N818  (what it says)
    """The picture cannot be decoded."""


class TooManyPixels(ValueError):  # noqa: N818
    """More pixels than a phone's camera makes: decoding it could use up the machine's memory."""


def kind_of(content: bytes) -> str | None:
    """The media type of a picture by its first bytes; None for what we do not take."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "image/heic"
    return None


def draw_anew(content: bytes, kind: str) -> tuple[str, bytes]:
    """Media type and bytes of the picture alone: PNG stays PNG, all else becomes JPEG.

    Raises NotReadable and TooManyPixels.
    """
    try:
        picture = _decode(content, kind)
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # the decoders have no list of what a damaged file makes them raise
        raise NotReadable from error
    file = io.BytesIO()
    if kind == PNG:
        picture.save(file, "PNG", optimize=False)
        return PNG, file.getvalue()
    picture.save(file, "JPEG", quality=QUALITY)
    return JPEG, file.getvalue()


def _decode(content: bytes, kind: str) -> Image.Image:
    """The first picture of the file, upright, on white, no larger than needed. One decoder alone may try."""
    with Image.open(io.BytesIO(content), formats=[DECODERS[kind]]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise TooManyPixels
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded smaller at once
        upright = ImageOps.exif_transpose(opened)
        flat = _flat(upright)
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", flat.size)
    clean.paste(flat)  # a new picture has no metadata to forget
    return clean


def _flat(picture: Image.Image) -> Image.Image:
    """In red, green and blue; what was see-through is white."""
    if picture.mode.startswith("I"):  # sixteen bits of grey
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")
