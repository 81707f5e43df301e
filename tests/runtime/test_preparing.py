"""A preparation step is done once, and again when the files it is made from change."""

import pytest

from config.runtime import preparing
from config.runtime.places import Places
from config.runtime.preparing import PreparationError, Step, prepare


@pytest.fixture
def carried_out(monkeypatch, tmp_path):
    done = []
    (tmp_path / "source.txt").write_text("one")
    monkeypatch.setattr(preparing, "ROOT", tmp_path)
    monkeypatch.setattr(preparing, "_carry_out", lambda step, say: done.append(step.title))
    return done


def prepare_in(folder, database="one") -> bool:
    steps = (Step("Tables", ("migrate",), ("*.txt",)),)
    return prepare(Places(folder / "data"), database=database, say=lambda line: None, demo=False, steps=steps)


def test_a_step_is_done_once(carried_out, tmp_path):
    assert prepare_in(tmp_path)
    assert not prepare_in(tmp_path)
    assert carried_out == ["Tables"]


def test_a_changed_file_brings_the_step_back(carried_out, tmp_path):
    prepare_in(tmp_path)
    (tmp_path / "source.txt").write_text("two!")
    assert prepare_in(tmp_path)


def test_another_database_needs_the_step_too(carried_out, tmp_path):
    prepare_in(tmp_path)
    assert prepare_in(tmp_path, database="another")


def test_a_database_of_somebody_else_is_never_believed_to_be_ready(carried_out, tmp_path):
    assert prepare_in(tmp_path, database=None)
    assert prepare_in(tmp_path, database=None)


def test_a_failed_step_tells_its_last_words():
    with pytest.raises(PreparationError, match=r"Nothing: `manage.py no_such_command` failed"):
        preparing._carry_out(Step("Nothing", ("no_such_command",), ()), lambda line: None)
