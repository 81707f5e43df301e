"""Wording: conditions and values in every language of readers, from the catalogue's labels alone."""

from pathways.rules.wording.sentences import WordedNode, word_condition, word_explained
from pathways.rules.wording.values import Names, word_count, word_date, word_period, word_value

__all__ = [
    "Names",
    "WordedNode",
    "word_condition",
    "word_count",
    "word_date",
    "word_explained",
    "word_period",
    "word_value",
]
