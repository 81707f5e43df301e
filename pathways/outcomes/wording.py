"""Sentences of this floor: why a certificate is refused, and how a name is shortened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways.rules import LANGUAGES, WordedNode, find_fact, word_explained, word_value

if TYPE_CHECKING:
    from pathways.outcomes.evaluating import Answer
    from pathways.people.models import Person

MOST_REASONS = 4


def reader_language() -> str:
    """The language of the reader, among those that rules are worded in."""
    language = (get_language() or "en").partition("-")[0]
    return language if language in LANGUAGES else "en"


def word_refusal(answer: Answer) -> str:
    """Why the certificate cannot be issued: the parts of the condition that do not hold, with what is known."""
    assert answer.condition is not None
    language = reader_language()
    lines = list(_failing(word_explained(answer.condition, language), answer, language))
    said = "; ".join(lines[:MOST_REASONS])
    return _("The condition of the certificate does not hold: %(reasons)s.") % {"reasons": said}


def _failing(node: WordedNode, answer: Answer, language: str) -> Iterator[str]:
    if node.truth is True:
        return
    if node.children:
        for child in node.children:
            yield from _failing(child, answer, language)
        return
    known = [f"{value}" for name in node.facts if (value := word_progress(name, answer, language))]
    yield f"{node.text} ({_('now')} {', '.join(known)})" if known else f"{node.text} ({_('not known')})"


def word_progress(name: str, answer: Answer, language: str) -> str:
    """A progress fact as it stands; "" where it is blank. A share is shown with the decimals that tell it from its limit."""
    fact, value = find_fact(name), answer.progress.get(name)
    if fact is None or value is None:
        return ""
    return word_value(fact, value, language)


def initials_of(person: Person) -> str:
    """The first letters of the names: what a checker sees of somebody."""
    parts = f"{person.first_names} {person.last_name}".replace("-", " ").split()
    return " ".join(f"{part[0].upper()}." for part in parts)[:20]
