"""Invented people: name, birth, nationality, language and contact, drawn from a seeded source so that each build is the same."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from stdnum.be import nn

from pathways.people.actions import Newcomer

MAIL = "demo.example"
STREETS = {
    "nl": ("Stationsstraat", "Kerkstraat", "Molenstraat", "Dorpsstraat", "Nieuwstraat", "Lindelaan"),
    "fr": ("Rue de la Gare", "Rue Haute", "Avenue des Tilleuls", "Rue du Moulin", "Place du Marché"),
    "de": ("Bahnhofstraße", "Kirchstraße", "Aachener Straße", "Schulstraße"),
}


@dataclass(frozen=True)
class Identity:
    """Who an invented person is, with the facts that follow from it."""

    newcomer: Newcomer
    nationality: str


@cache
def _pools() -> dict[str, dict[str, Any]]:
    """The names by nationality."""
    text = (Path(__file__).parent / "names.yaml").read_text(encoding="utf-8")
    pools: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return pools


def draw_nationality(chance: random.Random) -> str:
    """A nationality code by the weights of the demo mix."""
    pools = _pools()
    return chance.choices(list(pools), [pool["weight"] for pool in pools.values()])[0]


def national_number(birth_date: dt.date, serial: int) -> str:
    """A well-formed National Register number for an invented person; `serial` is odd for men, even for women."""
    head = f"{birth_date:%y%m%d}{serial:03d}"
    checked = int(("2" if birth_date.year >= 2000 else "") + head)
    number = f"{head}{97 - checked % 97:02d}"
    nn.validate(number)
    return number


def draw_identity(
    chance: random.Random, *, birth_date: dt.date, serial: int, place: tuple[str, str], language: str, nationality: str
) -> Identity:
    """A person born on `birth_date` who lives in `place` (postal code, city) where streets are named in `language`."""
    pool = _pools()[nationality]
    sex = chance.choice("FM")
    first = chance.choice(pool[sex.lower()].split())
    last = chance.choice(pool["last"].split("|"))
    contact = chance.choices(pool["languages"], [4, 2, 1, 1][: len(pool["languages"])])[0]
    number = national_number(birth_date, serial * 2 + (1 if sex == "M" else 2))
    newcomer = Newcomer(
        last_name=last,
        first_names=first,
        birth_date=birth_date,
        sex=sex,
        national_number=number if chance.random() < 0.93 else None,
        contact_language=contact,
        email=f"person{number[:9]}@{MAIL}" if chance.random() < 0.4 else "",
        phone=f"+3246000{chance.randrange(10_000):04d}" if chance.random() < 0.8 else "",
        street=f"{chance.choice(STREETS[language])} {chance.randint(1, 180)}",
        postal_code=place[0],
        city=place[1],
    )
    return Identity(newcomer, nationality)
