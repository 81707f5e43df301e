"""Conditions compiled to SQL: truth, missing facts, and the next day on which something can change."""

from pathways.rules.compiling.compiler import Compiler, both, columns_of, either, negated
from pathways.rules.compiling.flips import flips_in, next_flip
from pathways.rules.compiling.own import own_columns, own_value
from pathways.rules.compiling.sharing import factored, implies, shared_part
from pathways.rules.compiling.testing import first_of, met, never_unknown

__all__ = [
    "Compiler",
    "both",
    "columns_of",
    "either",
    "factored",
    "first_of",
    "flips_in",
    "implies",
    "met",
    "negated",
    "never_unknown",
    "next_flip",
    "own_columns",
    "own_value",
    "shared_part",
]
