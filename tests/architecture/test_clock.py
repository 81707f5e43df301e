"""The date is an argument; one module asks the clock."""

import ast

from config.runtime.places import ROOT
from tests.architecture.source import calls, modules, place

CLOCKS = {"today", "now", "utcnow", "localdate", "localtime", "time", "time_ns"}
OWNERS = {"date", "datetime", "dt.date", "dt.datetime", "datetime.date", "datetime.datetime", "timezone", "time"}


def asks_clock(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute) or function.attr not in CLOCKS:
        return False
    return ast.unparse(function.value) in OWNERS and not (function.attr in {"localdate", "localtime"} and call.args)


def test_only_the_clock_asks_the_clock():
    clock = ROOT / "pathways" / "base" / "clock.py"
    found = [place(path, call) for path in modules() if path != clock for call in calls(path) if asks_clock(call)]
    assert found == []
