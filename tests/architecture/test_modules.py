"""Every module says what it is for, and none is a god file."""

import ast

import pytest

from config.runtime.places import ROOT
from tests.architecture.source import modules, tracked, tree

LONGEST = 400
LONGER = {"pathways/rules/catalogue/stored.py"}  # the table of stored facts: adding one is one entry in one file


def test_every_module_says_what_it_is_for_in_at_most_eight_lines():
    files = [path for path in modules(tests=True) if path.name != "__init__.py" or path.stat().st_size]
    lengths = {path: len((ast.get_docstring(tree(path)) or "").splitlines()) for path in files}
    wrong = [f"{path.relative_to(ROOT)}: {lines} lines" for path, lines in lengths.items() if not 1 <= lines <= 8]
    assert wrong == []


@pytest.mark.parametrize("suffix", [".py", ".html", ".js", ".mjs"])
def test_no_file_is_longer_than_four_hundred_lines(suffix):
    files = [path for path in tracked() if path.suffix == suffix and "migrations" not in path.parts]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST and name not in LONGER} == {}
