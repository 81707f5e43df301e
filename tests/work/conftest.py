"""The small world of the tests of cases."""

from __future__ import annotations

from tests.cases.conftest import counselor, new_case, offices, person, places, rules, staff

__all__ = ["counselor", "new_case", "offices", "person", "places", "rules", "staff"]
