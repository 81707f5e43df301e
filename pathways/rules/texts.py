"""Texts that the rules carry themselves, so that they need no translation machinery."""

from collections.abc import Iterator, Mapping

from pathways.rules.translations import TEXTS

LANGUAGES = ("en", "nl", "fr", "de")
"""The languages in which every text of the domain is written, rule sets included."""

FURTHER = tuple(TEXTS)
"""The languages of newcomers beyond these: the rules' own texts are translated, by their English."""


class Texts(Mapping[str, str]):
    """One text, read-only: iterating gives the four languages, asking answers in the further ones too.

    A further language that lacks the text gets the English.
    """

    __slots__ = ("_further", "_words")

    def __init__(self, words: Mapping[str, str], further: Mapping[str, str]) -> None:
        """Remember both."""
        self._words, self._further = dict(words), dict(further)

    def __getitem__(self, language: str) -> str:
        if found := self._words.get(language) or self._further.get(language):
            return found
        if language in FURTHER:
            return self._words["en"]
        raise KeyError(language)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __repr__(self) -> str:
        return f"<Texts {self._words['en']!r}>"


def texts(en: str, nl: str, fr: str, de: str) -> Texts:
    """One text in the four languages, and in those of newcomers where there is a translation of the English."""
    further = {language: known[en] for language, known in TEXTS.items() if en in known}
    return Texts({"en": en, "nl": nl, "fr": fr, "de": de}, further)


def joined(pattern: Mapping[str, str], **parts: Mapping[str, str]) -> Texts:
    """Texts put together in every language: `pattern` holds the names of the parts in braces."""
    whole = {language: _filled(pattern, parts, language) for language in (*LANGUAGES, *FURTHER)}
    return Texts({key: whole[key] for key in LANGUAGES}, {key: whole[key] for key in FURTHER})


def _filled(pattern: Mapping[str, str], parts: Mapping[str, Mapping[str, str]], language: str) -> str:
    return pattern[language].format(**{name: text[language] for name, text in parts.items()})
