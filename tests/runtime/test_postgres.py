"""The embedded server: settings that fit the machine, a database URL that Django understands."""

import os
import shutil
from pathlib import Path

import pytest

from config.runtime import environment
from config.runtime.places import Places
from config.runtime.postgres import GIB, Server, server_settings


def test_shared_buffers_are_a_quarter_of_memory_up_to_the_cap():
    assert server_settings(memory=2 * GIB, cores=2)["shared_buffers"] == "512MB"
    assert server_settings(memory=64 * GIB, cores=2)["shared_buffers"] == "1024MB"
    assert server_settings(memory=64 * GIB, cores=2, shared_cap=6 * GIB)["shared_buffers"] == "6144MB"


def test_one_core_is_left_to_the_others():
    assert server_settings(memory=GIB, cores=4)["max_parallel_workers_per_gather"] == "3"
    assert server_settings(memory=GIB, cores=1)["max_parallel_workers_per_gather"] == "0"


def test_the_servers_url_leads_django_to_its_socket(tmp_path):
    places = Places(tmp_path)
    assert environment.database(Server(places).url)["HOST"] == str(places.socket)


def test_a_socket_path_stays_short_however_deep_the_project_lies(tmp_path):
    deep = Places(tmp_path / ("x" * 200))
    assert len(str(deep.socket / ".s.PGSQL.5432")) < 60


def test_data_that_the_servers_user_cannot_reach_move_elsewhere(tmp_path):
    tmp_path.chmod(0o700)
    server = Server(Places(tmp_path / "data"))
    elsewhere = Path("/var/tmp") / f"pathways-{server.places.key}"
    try:
        assert server.data.parent == (elsewhere if os.geteuid() == 0 else tmp_path / "data")
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)


def test_an_external_database_is_read_from_its_url():
    found = environment.database("postgresql://ann:p%40ss@db.example:5433/pw?sslmode=require")
    assert (found["HOST"], found["PORT"], found["NAME"], found["PASSWORD"]) == ("db.example", "5433", "pw", "p@ss")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_another_engine_is_refused():
    with pytest.raises(ValueError, match="postgresql://"):
        environment.database("mysql://localhost/pathways")


def test_a_generated_secret_stays_the_same_and_private(tmp_path, monkeypatch):
    monkeypatch.delenv("SOME_KEY", raising=False)
    places = Places(tmp_path)
    first = environment.secret("SOME_KEY", places=places, generate=True)
    assert len(first) > 40
    assert environment.secret("SOME_KEY", places=places, generate=True) == first
    assert (places.secrets / "some_key").stat().st_mode & 0o777 == 0o600
