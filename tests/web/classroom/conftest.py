"""A class of the provider with its teacher signed in."""

from __future__ import annotations

from tests.attendance.conftest import *  # noqa: F403  courses, people, rules
