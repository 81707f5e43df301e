"""Where one installation keeps its things on disk. `PATHWAYS_DATA` moves the data folder out of the checkout."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The folders of one installation, all derived from its data folder."""

    data: Path

    @property
    def key(self) -> str:
        """A short name of the installation: two checkouts on one machine never share a server."""
        return hashlib.sha256(str(self.data).encode()).hexdigest()[:10]

    @property
    def broker(self) -> Path:
        """Celery's messages, when no external broker is configured."""
        return self.data / "broker"

    @property
    def media(self) -> Path:
        """Uploaded and generated files."""
        return self.data / "media"

    @property
    def logs(self) -> Path:
        """One log file per process."""
        return self.data / "logs"

    @property
    def stamps(self) -> Path:
        """What set-up has done already, one small file per step."""
        return self.data / "stamps"

    @property
    def secrets(self) -> Path:
        """Keys generated on the first start of a local installation."""
        return self.data / "secrets"

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data folder, where its own user may reach it."""
        return self.data / "postgres"

    @property
    def socket(self) -> Path:
        """PostgreSQL's socket folder: short, since a socket path may have 107 characters only."""
        return Path("/tmp") / f"pathways-{self.key}"  # noqa: S108  (owner and mode are checked before use)


def places() -> Places:
    """The places of this installation."""
    return Places(Path(os.environ.get("PATHWAYS_DATA") or ROOT / "var").resolve())


def places_of_tests() -> Places:
    """The places of the test runs of this checkout: never those of the running installation."""
    return Places(Path(os.environ.get("PATHWAYS_TEST_DATA") or ROOT / "var" / "test").resolve())
