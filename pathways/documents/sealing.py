"""Seals a PDF so that any later change shows: a certifying signature of the organisation, added by pyHanko.

The key is the PKCS#12 file named by the settings. An installation on one machine without one makes a self-signed key on
first use, in its own data folder: good for a demonstration, trusted by nobody else.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.generic import NameObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.functions import sign_pdf
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from pathways.base.clock import now

T = TypeVar("T")
FIELD = "Seal"
YEARS = 10
NAME = "Pathways, self-signed"


class SealingError(Exception):
    """No paper can be sealed; the text says what the administrator has to set."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a sealed paper proves: `intact` that no byte changed, `ours` that it was sealed with the key in use."""

    intact: bool
    ours: bool
    sealed_by: str
    sealed_at: dt.datetime | None


def seal(pdf: bytes, *, reason: str, location: str = "") -> bytes:
    """`pdf` with an invisible certifying signature: no change is allowed after it. Raises SealingError without a key."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    _keep_tab_order(writer)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        location=location or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    # Hidden, since an invisible widget outside the tag tree is allowed in PDF/UA only with that flag.
    hidden = InvisSigSettings(set_print_flag=False, set_hidden_flag=True)
    field = SigFieldSpec(sig_field_name=FIELD, invis_sig_settings=hidden, readable_field_name=reason)
    signer = _signer()
    content: bytes = _apart(lambda: sign_pdf(writer, metadata, signer=signer, new_field_spec=field).getvalue())
    return content


def find_seal(pdf: bytes) -> Seal | None:
    """The seal of a paper, checked by pyHanko's validator; None where there is none."""
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not signatures:
        return None
    trusted = ValidationContext(trust_roots=[_signer().signing_cert], allow_fetching=False)
    status = _apart(lambda: validate_pdf_signature(signatures[0], trusted))
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE  # nothing was appended either
    return Seal(
        intact=bool(status.intact and status.valid and whole),
        ours=bool(status.trusted),
        sealed_by=status.signing_cert.subject.human_friendly,
        sealed_at=status.signer_reported_dt,
    )


def _apart(work: Callable[[], T]) -> T:
    """Do `work` of pyHanko, which starts an event loop of its own: in another thread where this one has a running loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def _keep_tab_order(writer: IncrementalPdfFileWriter) -> None:
    """PDF/UA wants the tab order of a page with annotations to follow its structure; the field lies on the first page."""
    page_ref, _resources = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    page = page_ref.get_object()
    page[NameObject("/Tabs")] = pdf_name("/S")
    writer.update_container(page)


def _signer() -> SimpleSigner:
    path, password = _key_file()
    return _load(str(path), password, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: str, password: str, _changed: int) -> SimpleSigner:
    """The key, read once per process and again when its file changes."""
    try:
        key = Path(path).read_bytes()
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(key, other_certs=[], passphrase=password.encode() or None)
    except ValueError as error:
        raise SealingError("The file of PATHWAYS_SEAL_KEY cannot be opened with PATHWAYS_SEAL_PASSWORD.") from error
    return signer


def _key_file() -> tuple[Path, str]:
    """The key of the settings, or the installation's own."""
    if settings.SEAL_KEY:
        path = Path(settings.SEAL_KEY)
        if not path.is_file():
            raise SealingError("The file of PATHWAYS_SEAL_KEY is not there.")
        return path, settings.SEAL_PASSWORD
    if not settings.SEAL_SELF_SIGNED:
        raise SealingError("No key for sealing papers is set: give PATHWAYS_SEAL_KEY a PKCS#12 file.")
    path = Path(settings.SEAL_SELF_SIGNED)
    if not path.exists():
        _keep_new_key(path)
    return path, ""


def _keep_new_key(path: Path) -> None:
    """Make a key and put it in place whole: of two processes that make one, the first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(_self_signed())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _self_signed() -> bytes:
    """A new elliptic-curve key with its own certificate, as PKCS#12 without a password: the folder guards it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    since = now() - dt.timedelta(days=1)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + dt.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"pathways seal", key, certificate, None, serialization.NoEncryption())
