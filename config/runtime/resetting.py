"""`make demo-reset`: the local database is thrown away and the demo world built anew."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable

from config.runtime.places import Places
from config.runtime.postgres import Server, running
from config.runtime.preparing import prepare


class ResetError(Exception):
    """The data may not be thrown away; the message says why."""


def reset(places: Places, *, say: Callable[[str], None]) -> None:
    """Remove everything that the local installation has stored, then prepare it with a new demo world."""
    if os.environ.get("DATABASE_URL"):
        raise ResetError("DATABASE_URL names a database of yours; only the local one is ever thrown away.")
    os.environ.setdefault("PATHWAYS_DEMO", "1")
    places.data.mkdir(parents=True, exist_ok=True)
    with (places.data / "running").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ResetError("Pathways runs on these data. Stop it first.") from error
        server = Server(places, say=say)
        say("Removing the local database and its files")
        server.stop()
        stored = [places.media, places.broker, places.stamps, places.data / "cache", places.data / "mail"]
        for folder in (server.data, *stored):
            shutil.rmtree(folder, ignore_errors=True)
        with running(server):
            prepare(places, database=server.identity, say=say, demo=True)
    say("Done: make run")
