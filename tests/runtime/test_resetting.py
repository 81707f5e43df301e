"""`make demo-reset` throws away the local database only, and only when nothing runs on it."""

import fcntl

import pytest

from config.runtime import resetting
from config.runtime.places import Places
from config.runtime.resetting import ResetError, reset


@pytest.fixture(autouse=True)
def local(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PATHWAYS_DEMO", "0")


def test_a_database_of_ones_own_is_never_thrown_away(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.invalid/pathways")
    with pytest.raises(ResetError, match="only the local one"):
        reset(Places(tmp_path), say=lambda line: None)


def test_a_running_installation_is_left_alone(tmp_path):
    with (tmp_path / "running").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ResetError, match="Stop it first"):
            reset(Places(tmp_path), say=lambda line: None)


def test_everything_stored_goes_and_the_secrets_stay(tmp_path, monkeypatch):
    places, prepared = Places(tmp_path), []
    for folder in (places.media, places.stamps, places.secrets):
        folder.mkdir()
        (folder / "kept").write_text("x")
    monkeypatch.setattr(resetting.Server, "stop", lambda self: None)
    monkeypatch.setattr(resetting.Server, "start", lambda self: None)
    monkeypatch.setattr(resetting.Server, "data", tmp_path / "postgres")
    monkeypatch.setattr(resetting.Server, "identity", "new")
    monkeypatch.setattr(resetting, "prepare", lambda *args, **options: prepared.append(options))
    reset(places, say=lambda line: None)
    assert [folder.exists() for folder in (places.media, places.stamps, places.secrets)] == [False, False, True]
    assert prepared[0]["demo"]
