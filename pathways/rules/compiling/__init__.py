"""Conditions compiled to SQL: truth, missing facts, and the next day on which something can change."""

from pathways.rules.compiling.compiler import Compiler, both, columns_of, either, negated
from pathways.rules.compiling.flips import flips_in, next_flip

__all__ = ["Compiler", "both", "columns_of", "either", "flips_in", "negated", "next_flip"]
