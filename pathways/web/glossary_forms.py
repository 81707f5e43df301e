"""The forms that a word takes in a sentence: what a language puts before it, drops at its end, and puts after it.

Not a grammar: enough to find the words of the glossary in the sentences of the portal (`tests/web/portal/test_explained.py`
holds it to that). A form that is not found is shown as it is, without its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Forms(NamedTuple):
    """Three patterns: what may stand before the stem, what the stem loses of the word, what may stand after it."""

    before: str = ""
    loses: str = "(?!)"
    after: str = ""


FORMS: Mapping[str, Forms] = {
    "en": Forms(loses="y$", after="(?:y|ies|s)?"),
    "nl": Forms(after="(?:s|en|n|e)?"),
    "fr": Forms(after="s?"),
    "de": Forms(after="(?:s|es|en|n|nen|e)?"),
    "es": Forms(loses="ón$", after="(?:ón|ones|s|es)?"),
    "tr": Forms(loses="s[ıiuü]$|k$", after=r"(?!s[ıi]z)[\w’']{0,11}"),
    "ar": Forms("[وف]?(?:[بكل]?ال|لل|[بكل])?", "^ال|ة$", "[ةت]?(?:ي|ك|كم|نا|ه|ها|هم|ين|ان|ات|اتكم|ا)?"),
    "ru": Forms(loses="[аяийыьоеу]$", after=r"\w{0,4}"),
    "uk": Forms(loses="[аяийіїьоеу]$", after=r"\w{0,4}"),
    "fa": Forms(loses="ٔ$", after="[\\w\u200cٔ]{0,7}"),
    "ps": Forms(loses="[هيۍ]$", after="[\\w\u200c]{0,4}"),
    "ti": Forms(before="[ንብዝ]?", after=r"\w{0,4}"),
    "so": Forms(loses="[aeou]$", after=r"[\w']{0,10}"),
}
"""By language. A language without a row uses its words as they stand."""

SHORTEST_STEM = 3

OTHER_STEMS: Mapping[tuple[str, str], str] = {
    ("ar", "عقد"): "عقود",
    ("de", "soziale orientierung"): "gesellschaftliche orientierung",
    ("de", "zuständiger beamter"): "zuständige beamte",
    ("en", "breach file"): "file about a duty",
    ("en", "deadline"): "term",
    ("fr", "orientation citoyenne"): "orientation sociale",
    ("so", "waqtiga ugu dambeeya"): "waqti ugu dambeeya",
    ("ti", "ምስክር ወረቐት"): "ምስክር ወረቓቕ",
    ("uk", "договір"): "договор",
    ("uk", "обов’язок"): "обов’язк",
}
"""Words that change inside, or have a sister: language and word, to another stem."""

OTHER_SENSE: Mapping[tuple[str, str], str] = {
    ("ar", "الحضور"): "(?!)",  # "I cannot come" is said with the same word, and attendance with others
    ("ar", "مشاركة"): "(?<!عليكم )",  # "you need not take part"
}
"""Words that mean something else in many sentences: language and word, to what must hold before it."""


def forms_of(word: str, language: str) -> str:
    """A pattern for every form of `word`, which may be of several words."""
    forms = FORMS.get(language, Forms())
    stems = [word.lower(), OTHER_STEMS.get((language, word.lower()), "")]
    found = "|".join(r"\s+".join(_forms(part, forms) for part in stem.split()) for stem in stems if stem)
    return f"{OTHER_SENSE.get((language, word.lower()), '')}(?:{found})"


def _forms(part: str, forms: Forms) -> str:
    if part[-1].isdigit():
        return re.escape(part)
    stem = re.sub(forms.loses, "", part)
    kept = "".join(map(_letter, stem if len(stem) >= SHORTEST_STEM else part))
    return forms.before + kept + forms.after


def _letter(letter: str) -> str:
    if letter in "'’":  # it reaches the page as it is, as its typographic sister, or escaped
        return "(?:['’]|&#x27;)"
    if "\u1200" <= letter <= "\u137f":  # Ethiopic: eight signs for one consonant, by the vowel that follows
        return f"[{chr(ord(letter) & ~7)}-{chr(ord(letter) | 7)}]"
    return re.escape(letter)
