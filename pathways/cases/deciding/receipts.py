"""Receipts: each decision record carries a SHA-256 over what it says and over the receipt of the record before it.

So the records of a case form a chain: a record that was altered, taken out or put in between no longer fits. Computed
by PostgreSQL in the statement that writes the record, and by the same text again when the chain is verified.
"""

from __future__ import annotations

COLUMNS = (
    "duty_rule_set_id",
    "trajectory_rule_set_id",
    "outcome",
    "rule",
    "rule_truths",
    "possible",
    "missing",
    "components",
    "obliged_since",
    "next_due_on",
    "next_due",
)
"""What a decision says; `next_check_on` beside it only says when to look again."""

BASIS = (
    "number",
    "on",
    "duty_line",
    "trajectory_line",
    "facts",
    "duty_rule_set_hash",
    "trajectory_rule_set_hash",
    "cause",
    "engine",
    "recorded_at",
)
"""What a record says beside the decision: its place in the chain, the day, and what the decision rests on."""

ENGINE = "sql-1"
"""Written into every record: which way of evaluating decided."""

# A record must read the same in every session, whatever its date style, time zone or way of writing bytes.
_STABLE = {
    "on": "{} - DATE '2000-01-01'",
    "obliged_since": "{} - DATE '2000-01-01'",
    "next_due_on": "{} - DATE '2000-01-01'",
    "recorded_at": "extract(epoch FROM {})",
}


def names(*columns: str) -> str:
    """The columns, quoted, as a list."""
    return ", ".join(f'"{column}"' for column in columns)


def of(alias: str, *columns: str) -> str:
    """The columns of one relation, as a list."""
    return ", ".join(f'{alias}."{column}"' for column in columns)


def receipt(alias: str, previous: str) -> str:
    """The receipt of the record that `alias` has the columns of, after the receipt `previous` (SQL, NULL for the first).

    A row's text tells an empty text from a missing one and quotes what needs it, so no two records read alike.
    """
    columns = ("case_id", *BASIS, *COLUMNS)
    parts = ", ".join(_STABLE.get(name, "{}").format(f'{alias}."{name}"') for name in columns)
    return f"sha256(convert_to(ROW(encode({previous}, 'hex'), {parts})::text, 'UTF8'))"
