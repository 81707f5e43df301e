"""Text messages go out through a sender that the installation names: a class with `send(to, text)`.

Shipped are two for trying Pathways: one writes to the console, one to files. An operator's gateway is a class of a few lines.
"""

from __future__ import annotations

import logging
import uuid
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

SHIPPED = {"console": "pathways.access.sms.ConsoleSender", "file": "pathways.access.sms.FileSender"}
log = logging.getLogger(__name__)


class Sender(Protocol):
    """What a gateway must offer."""

    def send(self, to: str, text: str) -> None:
        """Send `text` to the number `to` (+32470123456). Raises OSError where it surely was not taken."""


class ConsoleSender:
    """Prints messages: for development."""

    def send(self, to: str, text: str) -> None:
        """Print one message."""
        print(f"SMS {to}: {text}", flush=True)


class FileSender:
    """Writes each message to a file of its own in `sms/` of the data folder: for a demonstration and tests."""

    def send(self, to: str, text: str) -> None:
        """Write one message; its name begins with the number, so that those of one phone stand together."""
        folder = Path(settings.SMS_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / f"{to.lstrip('+')}-{uuid.uuid4().hex[:12]}.txt").write_text(f"{text}\n", encoding="utf-8")


def sender() -> Sender:
    """The sender of this installation: `PATHWAYS_SMS_BACKEND` is console, file, or the path of a class."""
    named = settings.SMS_BACKEND
    found: Sender = import_string(SHIPPED.get(named, named))()
    return found


def send_text(*, to: str, text: str) -> None:
    """Send a message. A gateway that is down must not stop the worker: it is in the log, and the person asks again."""
    try:
        sender().send(to, text)
    except OSError as error:
        log.warning("A text message was not taken: %s", type(error).__name__)


def latest_text(*, to: str) -> str:
    """The last message that was written to a file for this number, "" where there is none. For a demonstration only."""
    folder = Path(settings.SMS_FILE_PATH)
    files = sorted(folder.glob(f"{to.lstrip('+')}-*.txt"), key=lambda file: file.stat().st_mtime_ns)
    return files[-1].read_text(encoding="utf-8").strip() if files else ""
