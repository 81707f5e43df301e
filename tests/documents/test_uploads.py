"""Files handed in: known by content, stripped of place and device, and harmless; whatever they are called."""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from pathways.documents import uploads
from pathways.documents.models import Document
from pathways.documents.uploads import MAX_BYTES, UploadRefused, accept_upload, clean_upload

GPS = 0x8825
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/jpeg"}


def photo(kind="JPEG", size=(60, 40), *, orientation=1, mode="RGB", **options) -> bytes:
    """A picture with place, camera and comment, red on the left and blue on the right."""
    picture = Image.new(mode, size, "red" if mode == "RGB" else None)
    if mode == "RGB":
        picture.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "SpyCam"
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 3.0, 12.5), 3: "E", 4: (3.0, 43.0, 9.0)})
    file = io.BytesIO()
    picture.save(file, kind, exif=exif.tobytes(), **options)
    return file.getvalue()


def pdf(change=None, **options) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def named(content: bytes, name="proof.jpg"):
    return SimpleUploadedFile(name, content)


def refused(content: bytes, name="proof.pdf") -> str:
    with pytest.raises(UploadRefused) as caught:
        clean_upload(named(content, name))
    return str(caught.value)


# --- Photos -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_keeps_its_picture_and_loses_place_and_camera(kind):
    upload = clean_upload(named(photo(kind)))
    drawn = Image.open(io.BytesIO(upload.content))
    assert upload.media_type == FORMATS[kind]
    assert drawn.size == (60, 40)
    assert dict(drawn.getexif()) == {}
    assert "exif" not in drawn.info
    assert b"SpyCam" not in upload.content
    assert b"Exif" not in upload.content


def test_a_photo_of_an_iphone_becomes_a_jpeg():
    content = (Path(__file__).parent / "files" / "iphone.heic").read_bytes()
    upload = clean_upload(named(content, "IMG_0001.HEIC"))
    assert (upload.name, upload.media_type) == ("IMG_0001.jpg", "image/jpeg")
    assert b"SpyCam" in content
    assert b"SpyCam" not in upload.content


def test_a_photo_taken_sideways_stands_upright():
    drawn = Image.open(io.BytesIO(clean_upload(named(photo(orientation=6))).content))
    assert drawn.size == (40, 60)
    assert str(drawn.getpixel((20, 5))) > str(drawn.getpixel((20, 55)))


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(list(FORMATS)),
    size=st.tuples(st.integers(1, 300), st.integers(1, 300)),
    hidden=st.binary(max_size=400),
)
def test_nothing_hidden_behind_a_photo_is_kept(kind, size, hidden):
    secret = b"<script>" + hidden + b"</script>"
    upload = clean_upload(named(photo(kind, size) + secret, "x.html"))
    assert secret not in upload.content
    assert upload.name == f"x{uploads.ENDINGS[upload.media_type]}"
    assert Image.open(io.BytesIO(upload.content)).size == size


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_any_kind_of_picture_is_drawn_in_colours(mode):
    file = io.BytesIO()
    Image.new(mode, (30, 20)).save(file, "PNG")
    assert Image.open(io.BytesIO(clean_upload(named(file.getvalue())).content)).mode == "RGB"


def test_a_large_photo_is_made_as_large_as_a_page_needs():
    drawn = Image.open(io.BytesIO(clean_upload(named(photo(size=(5000, 2500)))).content))
    assert max(drawn.size) <= 3508


def test_a_picture_that_would_fill_the_memory_is_refused():
    file = io.BytesIO()
    Image.new("1", (9000, 9000)).save(file, "PNG")
    assert "lower resolution" in refused(file.getvalue())


def test_a_broken_photo_is_refused():
    assert "take it again" in refused(photo()[:400])


# --- PDF --------------------------------------------------------------------------------------------------------------


def test_a_pdf_is_kept_as_it_came():
    content = pdf()
    upload = clean_upload(named(content, "Attest 2026.PDF"))
    assert (upload.name, upload.media_type, upload.content) == ("Attest 2026.pdf", "application/pdf", content)


def test_a_pdf_loses_what_a_camera_wrote_into_its_photos():
    def with_photo(writer):
        picture = DictionaryObject({NameObject("/Type"): NameObject("/XObject")})
        stream = writer._add_object(picture)
        writer.root_object[NameObject("/Kept")] = stream

    exif = photo()
    content = pdf(with_photo).replace(b"%%EOF", b"") + b"%" + exif.replace(b"\n", b" ") + b"\n%%EOF\n"
    assert b"SpyCam" in content
    kept = uploads.without_places(content)
    assert b"SpyCam" not in kept
    assert len(kept) == len(content)


def script(writer):
    writer.add_open_action(JavaScript("app.alert('hello')"))


def file_inside(writer):
    writer.add_attachment("hello.txt", b"hello")


def act(kind, **entries):
    def change(writer):
        action = DictionaryObject({NameObject("/S"): NameObject(kind)})
        for name, value in entries.items():
            action[NameObject(f"/{name}")] = TextStringObject(value)
        writer.root_object[NameObject("/OpenAction")] = action

    return change


def form_program(writer):
    form = DictionaryObject({NameObject("/XFA"): ArrayObject([NumberObject(1)])})
    writer.root_object[NameObject("/AcroForm")] = form


HARMFUL = {
    "script": script,
    "file inside": file_inside,
    "starts a program": act("/Launch", F="cmd.exe"),
    "sends a form": act("/SubmitForm", F="https://example.org"),
    "script when opened": act("/JavaScript", JS="app.alert(1)"),
    "opens a file inside": act("/GoToE"),
    "form that is a program": form_program,
}


@pytest.mark.parametrize("what", HARMFUL)
def test_a_pdf_that_can_act_is_refused(what):
    assert "more than pages" in refused(pdf(HARMFUL[what]))


def packed_pdf(extra: bytes) -> bytes:
    """A PDF whose catalogue lies packed in an object stream, with `extra` in it: nothing of it can be read as text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R " + extra + b" >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"]
    starts = [sum(len(one) + 1 for one in objects[:place]) for place in range(len(objects))]
    index = b" ".join(b"%d %d" % (number, start) for number, start in enumerate(starts, 1)) + b" "
    body = zlib.compress(index + b" ".join(objects))
    head = b"%PDF-1.5\n"
    stream = b"4 0 obj\n<< /Type /ObjStm /N 3 /First %d /Filter /FlateDecode /Length %d >>\nstream\n" % (
        len(index),
        len(body),
    )
    stream += body + b"\nendstream\nendobj\n"
    rows = [(0, 0, 65535), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, len(head), 0), (1, len(head) + len(stream), 0)]
    table = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + last.to_bytes(2, "big") for kind, place, last in rows
    )
    xref = b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n" % len(table)
    xref += table + b"\nendstream\nendobj\n"
    return head + stream + xref + b"startxref\n%d\n%%%%EOF\n" % (len(head) + len(stream))


def test_a_script_packed_out_of_sight_is_found():
    assert clean_upload(named(packed_pdf(b""))).media_type == "application/pdf"
    content = packed_pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")
    assert b"JavaScript" not in content
    assert "more than pages" in refused(content)


@pytest.mark.parametrize("spelling", [b"/#4aavaScript", b"/Java#53cript", b"/L#61unch", b"/Embedded#46ile"])
def test_a_name_spelled_in_code_does_not_pass(spelling):
    content = pdf().replace(b"%%EOF", b"") + b"9 0 obj << /S " + spelling + b" >> endobj\n%%EOF\n"
    assert "more than pages" in refused(content)


def test_a_locked_pdf_is_refused_and_one_that_anybody_can_open_is_not():
    def locked(writer):
        writer.encrypt("secret", algorithm="AES-256")

    def open_to_all(writer):
        writer.encrypt("", "owner", algorithm="AES-256")

    assert "password" in refused(pdf(locked))
    assert clean_upload(named(pdf(open_to_all))).media_type == "application/pdf"


def test_a_script_under_a_lock_that_anybody_can_open_is_found():
    def hidden(writer):
        act("/JavaScript", JS="app.alert(1)")(writer)
        writer.encrypt("", "owner", algorithm="AES-256")

    assert "more than pages" in refused(pdf(hidden))


def test_a_pdf_that_is_an_archive_too_is_refused():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("run.exe", b"MZ")
        file.comment = b"%%EOF"
    assert "more than pages" in refused(pdf() + archive.getvalue())


@settings(max_examples=60, deadline=None)
@given(
    tail=st.binary(min_size=1, max_size=300).filter(lambda some: some.strip(b"\x00\t\n\f\r ") and b"%%EOF" not in some)
)
def test_a_pdf_with_something_behind_it_is_refused(tail):
    refused(pdf() + tail)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_cut_or_scratched_pdf_is_taken_whole_or_refused_with_a_sentence(data):
    content = bytearray(pdf())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(5, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UploadRefused):  # nothing else may come of it
        kept = clean_upload(named(bytes(content))).content
        assert len(PdfReader(io.BytesIO(kept)).pages) == 1


# --- Anything else ----------------------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(content=st.binary(min_size=1, max_size=600), name=st.text(max_size=40))
def test_anything_else_is_refused_whatever_it_is_called(content, name):
    if uploads.kind_of(content) is None:
        with pytest.raises(UploadRefused):
            clean_upload(named(content, f"{name}.pdf"))


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html>%PDF-1.4",
        b"GIF89a",
        b"PK\x03\x04",
        b"MZ",
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused(content):
    assert "photos and PDF" in refused(content, "proof.jpg")


def test_an_empty_file_is_refused():
    with pytest.raises(UploadRefused):
        clean_upload(named(b""))


def test_a_file_of_more_than_ten_megabytes_is_refused():
    assert "too large" in refused(photo() + bytes(MAX_BYTES))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\x00b\r\nc.pdf", "a_b__c.pdf"),
        ("شهادة.pdf", "شهادة.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_a_name_is_made_safe(name, safe):
    assert uploads._safe_name(name, "application/pdf") == safe


# --- The hook for a scanner, and what is kept -------------------------------------------------------------------------


class Finds:
    """A scanner that knows one word."""

    def scan(self, content: bytes) -> str:
        return "Test-Virus" if b"SpyCam" in content else ""


class Broken:
    """A scanner that is not there."""

    def scan(self, content: bytes) -> str:
        raise ConnectionRefusedError


def test_the_scanner_sees_the_file_as_it_came(settings):
    settings.UPLOAD_SCANNER = f"{__name__}.Finds"
    assert "not safe" in refused(photo())
    assert clean_upload(named(pdf())).content


def test_while_the_scanner_is_down_nothing_is_taken(settings):
    settings.UPLOAD_SCANNER = f"{__name__}.Broken"
    assert "cannot check files now" in refused(pdf())


def test_an_accepted_file_is_a_received_document(db):
    kept = Document.objects.get(pk=accept_upload(named(photo()), actor=None).pk)
    assert (kept.direction, kept.media_type, kept.name) == ("in", "image/jpeg", "proof.jpg")
    assert b"SpyCam" not in bytes(kept.content)
