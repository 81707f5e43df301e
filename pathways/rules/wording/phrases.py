"""The sentences that conditions are worded with; grammar is kept light on purpose.

`{f}` is the label of the fact, `{v}` a value, `{a}` and `{b}` the ends of a range.
"""

from collections.abc import Mapping

from pathways.rules.texts import texts
from pathways.rules.translations import counting

Phrases = Mapping[str, Mapping[str, str]]

ALL = texts("All of these:", "Al deze:", "Toutes ces conditions :", "Alle folgenden:")
ANY = texts(
    "At least one of these:", "Minstens één hiervan:", "Au moins une de ces conditions :", "Mindestens eine davon:"
)
NONE = texts("None of these:", "Geen hiervan:", "Aucune de ces conditions :", "Keine davon:")
NOT_ALL = texts("Not all of these:", "Niet al deze:", "Pas toutes ces conditions :", "Nicht alle folgenden:")
NOT = texts("Not: {v}", "Niet: {v}", "Pas : {v}", "Nicht: {v}")
ALWAYS = texts("Always", "Altijd", "Toujours", "Immer")
NEVER = texts("Never", "Nooit", "Jamais", "Nie")
YES = texts("Yes", "Ja", "Oui", "Ja")
NO = texts("No", "Nee", "Non", "Nein")
TODAY = texts(
    "the day of the assessment", "de dag van de beoordeling", "le jour de l'évaluation", "der Tag der Beurteilung"
)
UNLIMITED = texts("unlimited", "onbeperkt", "illimité", "unbegrenzt")
HOLDS = texts("{f}: {v}", "{f}: {v}", "{f} : {v}", "{f}: {v}")
LIST = texts("{a}, {b}", "{a}, {b}", "{a}, {b}", "{a}, {b}")
SHARE = texts("{n}%", "{n} %", "{n} %", "{n} %")
OTHER_FACT = texts("“{f}”", "“{f}”", "« {f} »", "„{f}“")

NUMBER: Phrases = {
    ">=": texts("{f} is at least {v}", "{f} is minstens {v}", "{f} : au moins {v}", "{f}: mindestens {v}"),
    ">": texts("{f} is more than {v}", "{f} is meer dan {v}", "{f} : plus de {v}", "{f}: mehr als {v}"),
    "<=": texts("{f} is at most {v}", "{f} is hoogstens {v}", "{f} : au plus {v}", "{f}: höchstens {v}"),
    "<": texts("{f} is less than {v}", "{f} is minder dan {v}", "{f} : moins de {v}", "{f}: weniger als {v}"),
    "==": texts("{f} is {v}", "{f} is {v}", "{f} : {v}", "{f}: {v}"),
    "!=": texts("{f} is not {v}", "{f} is niet {v}", "{f} : pas {v}", "{f}: nicht {v}"),
    "between": texts(
        "{f} is from {a} to {b}", "{f} is van {a} tot en met {b}", "{f} : de {a} à {b}", "{f}: von {a} bis {b}"
    ),
    "not between": texts(
        "{f} is not from {a} to {b}",
        "{f} is niet van {a} tot en met {b}",
        "{f} : pas de {a} à {b}",
        "{f}: nicht von {a} bis {b}",
    ),
    "in": texts("{f} is one of: {v}", "{f} is een van: {v}", "{f}, parmi : {v}", "{f} ist eines von: {v}"),
    "not in": texts("{f} is none of: {v}", "{f} is geen van: {v}", "{f}, autre que : {v}", "{f} ist keines von: {v}"),
}
LEVEL: Phrases = {
    **NUMBER,
    ">": texts("{f} is above {v}", "{f} is hoger dan {v}", "{f} : supérieur à {v}", "{f}: über {v}"),
    "<": texts("{f} is below {v}", "{f} is lager dan {v}", "{f} : inférieur à {v}", "{f}: unter {v}"),
}
DATE: Phrases = {
    **NUMBER,
    ">=": texts("{f}: on or after {v}", "{f}: op of na {v}", "{f} : le {v} ou après", "{f}: ab {v}"),
    ">": texts("{f}: after {v}", "{f}: na {v}", "{f} : après le {v}", "{f}: nach {v}"),
    "<=": texts("{f}: on or before {v}", "{f}: op of voor {v}", "{f} : le {v} ou avant", "{f}: bis {v}"),
    "<": texts("{f}: before {v}", "{f}: voor {v}", "{f} : avant le {v}", "{f}: vor {v}"),
    "==": texts("{f}: {v}", "{f}: {v}", "{f} : {v}", "{f}: {v}"),
    "!=": texts("{f}: not {v}", "{f}: niet {v}", "{f} : pas le {v}", "{f}: nicht {v}"),
    "between": texts(
        "{f}: from {a} to {b}", "{f}: van {a} tot en met {b}", "{f} : du {a} au {b}", "{f}: von {a} bis {b}"
    ),
    "not between": texts(
        "{f}: not from {a} to {b}",
        "{f}: niet van {a} tot en met {b}",
        "{f} : pas du {a} au {b}",
        "{f}: nicht von {a} bis {b}",
    ),
}

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}

MONTHS: Mapping[str, tuple[str, ...]] = {
    **counting.MONTHS,
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
}

UNITS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "months": {
        "en": ("month", "months"),
        "nl": ("maand", "maanden"),
        "fr": ("mois", "mois"),
        "de": ("Monat", "Monate"),
    },
    "days": {"en": ("day", "days"), "nl": ("dag", "dagen"), "fr": ("jour", "jours"), "de": ("Tag", "Tage")},
    "hours": {"en": ("hour", "hours"), "nl": ("uur", "uur"), "fr": ("heure", "heures"), "de": ("Stunde", "Stunden")},
    "minutes": {
        "en": ("minute", "minutes"),
        "nl": ("minuut", "minuten"),
        "fr": ("minute", "minutes"),
        "de": ("Minute", "Minuten"),
    },
    "years": {"en": ("year", "years"), "nl": ("jaar", "jaar"), "fr": ("an", "ans"), "de": ("Jahr", "Jahre")},
    "weeks": {
        "en": ("week", "weeks"),
        "nl": ("week", "weken"),
        "fr": ("semaine", "semaines"),
        "de": ("Woche", "Wochen"),
    },
}
"""Singular and plural of a counted unit; the further languages have more forms (`translations.counting`)."""
