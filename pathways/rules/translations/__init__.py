"""What the rules say in the languages of newcomers beyond en, nl, fr and de: texts by their English, months, counts."""

from collections.abc import Mapping

from pathways.rules.translations import ar, es, fa, ps, ru, so, ti, tr, uk
from pathways.rules.translations.counting import DATES, MONTHS, UNITS, plural_form

TEXTS: Mapping[str, Mapping[str, str]] = {
    "tr": tr.TEXTS,
    "ar": ar.TEXTS,
    "ru": ru.TEXTS,
    "uk": uk.TEXTS,
    "fa": fa.TEXTS,
    "ps": ps.TEXTS,
    "ti": ti.TEXTS,
    "so": so.TEXTS,
    "es": es.TEXTS,
}
"""Language to its translations, each by the English text. Which of them are complete, the tests know."""

__all__ = ["DATES", "MONTHS", "TEXTS", "UNITS", "plural_form"]
