"""Letters: every language has every sentence, each is set as a tagged PDF, and the procedure finds a letter for each act."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pathways.documents.typesetting import typeset
from pathways.outcomes.actions.breaches import WITHOUT_LETTER
from pathways.outcomes.letters import OutcomeLetter, compose_letter, duty_texts, letter_texts
from pathways.outcomes.models import Duty
from pathways.outcomes.procedure import STARTS, Act

AT = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)


def places(value: object, path: str = "") -> set[str]:
    """Where texts stand, and how many there are in a list."""
    if isinstance(value, dict):
        return {place for key, inner in value.items() for place in places(inner, f"{path}/{key}")}
    return {f"{path}[{len(value)}]" if isinstance(value, list) else path}


@pytest.mark.parametrize("language", letter_texts())
def test_every_language_has_every_sentence(language) -> None:
    assert places(letter_texts()[language]) == places(letter_texts()["en"])


def test_every_act_that_writes_has_its_letter_and_every_clock_its_sentence() -> None:
    texts = letter_texts()["en"]
    for act in set(Act) - WITHOUT_LETTER:
        assert ("term" in texts[f"breach_{act.value}"]) == (act in STARTS)


def test_every_duty_is_named_in_every_language() -> None:
    assert set(duty_texts()) == set(Duty.values)
    assert all(set(words) == set(letter_texts()) for words in duty_texts().values())


@pytest.mark.parametrize("language", letter_texts())
def test_a_fine_is_told_with_amount_and_term(language) -> None:
    letter = OutcomeLetter(
        kind="breach_fine", name="Nour Haddad", address=("Veldstraat 1", "9000 Gent"), office="Amal", city="Gent",
        reference="GNT-2026-000412", legal_language="nl", person_language=language, on=dt.date(2026, 3, 17),
        law="Decreet", duty="not_reported", reason="Geen antwoord.", amount=Decimal(100), length="P1M",
    )  # fmt: skip
    data = compose_letter(letter)
    text = " ".join((data["translation"] or data["legal"])["paragraphs"])
    assert "100" in text
    assert "{" not in text
    assert typeset("letter", data, made_at=AT).startswith(b"%PDF")


def test_every_letter_of_a_breach_file_has_a_name_for_staff():
    from pathways.notices.hooks import kind_names
    from pathways.outcomes.actions.breaches import WITHOUT_LETTER
    from pathways.outcomes.procedure import Act

    assert {f"breach_{act.value}" for act in Act if act not in WITHOUT_LETTER} <= set(kind_names())
