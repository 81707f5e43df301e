"""No log line names a person."""

import logging

import pytest

from pathways.base.logging import DiscreetFilter


def logged(message: str, *args: object) -> str:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, message, args, None)
    assert DiscreetFilter().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("personal", ["nour.haddad@mail.example", "85.07.30-033.28", "85073003328", "+32 470 12 34 56"])
def test_personal_data_are_left_out(personal):
    assert logged("Could not reach %s today", personal) == "Could not reach — today"


@pytest.mark.parametrize("harmless", ["case FL-2025-000123", "2026-11-22 07:35:40", "127.0.0.1:8000", "1500 rows"])
def test_what_names_nobody_stays(harmless):
    assert logged("%s", harmless) == harmless


def test_a_line_without_arguments_may_hold_percent_signs():
    assert logged("80 % reached") == "80 % reached"
