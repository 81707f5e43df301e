"""There is one write path: rows are written in actions (and deciding, migrations, commands, tests), nowhere else."""

import ast
from pathlib import Path

from config.runtime.places import ROOT
from tests.architecture.source import calls, modules, place

WRITERS = {"actions", "actions.py", "deciding", "deciding.py", "management"}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "aupdate", "asave", "adelete"}
QUERYSET = (".objects", ".filter(", ".exclude(", ".all()", "_set")
# Django asks a manager for these two by name.
EXCEPTIONS = {"accounts/models.py"}


def may_write(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return bool(WRITERS & set(path.parts)) or not name.startswith(("accounts", "pathways")) or name in EXCEPTIONS


def is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name, on = call.func.attr, ast.unparse(call.func.value)
    on_rows = any(mark in on for mark in QUERYSET)
    if name in ALWAYS:
        return True
    if name in {"create", "update", "delete"} and on_rows:
        return True
    # x.save() and x.delete() with no place to save to: a row, a form or a serializer, none of which writes here.
    named = {keyword.arg for keyword in call.keywords}
    return name in {"save", "delete"} and not call.args and named <= {"update_fields", "force_insert", "commit"}


def test_rows_are_written_by_actions_alone():
    found = [place(path, call) for path in modules() if not may_write(path) for call in calls(path) if is_write(call)]
    assert found == []
