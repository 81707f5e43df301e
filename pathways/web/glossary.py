"""Words of the law and of offices, each with its meaning in one or two short sentences; shown on touch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Term(NamedTuple):
    """A word and what it means."""

    word: _StrPromise
    meaning: _StrPromise


TERMS: Mapping[str, Term] = {
    "pathway": Term(_("pathway"), _("All the steps of your programme, from the first talk to the certificate.")),
    "duty": Term(_("duty"), _("The law says that you must follow the programme.")),
    "contract": Term(_("contract"), _("A paper with what you will do and what we will do. You and we sign it.")),
    "counselor": Term(_("counselor"), _("The person of the office who helps you with your programme.")),
    "office": Term(_("office"), _("The place that organises your programme and answers your questions.")),
    "deadline": Term(_("deadline"), _("The last day on which you can do something.")),
    "exemption": Term(_("exemption"), _("You do not have to follow the programme, or a part of it.")),
    "suspension": Term(_("suspension"), _("Your programme stops for some time. The days do not count.")),
    "extension": Term(_("extension"), _("You get more time to do something.")),
    "breach": Term(_("breach file"), _("We think that you did not do what you must. You can say why.")),
    "hearing": Term(_("hearing"), _("You tell your side of the story before anybody decides.")),
    "fine": Term(_("fine"), _("Money that you must pay because you did not follow the rules.")),
    "appeal": Term(_("appeal"), _("You ask somebody else to look at a decision again.")),
    "decision": Term(_("decision"), _("What the office or the law says about you, with the reasons.")),
    "certificate": Term(_("certificate"), _("A paper that proves that you finished your programme.")),
    "attendance": Term(_("attendance"), _("How many of your lessons you came to.")),
    "absence": Term(_("excused absence"), _("You missed a lesson for a good reason, and you have proof.")),
    "permit": Term(_("residence permit"), _("The card or paper with which you may live in Belgium.")),
    "register": Term(_("register"), _("The list of the town with everybody who lives there.")),
    "orientation": Term(_("social orientation"), _("Lessons about life, rights and duties in Belgium.")),
    "career": Term(_("career orientation"), _("Help to find work or a training that suits you.")),
    "participation": Term(_("participation"), _("You take part: as a volunteer, in a club or at work.")),
    "level": Term(_("level A2"), _("You understand simple sentences and can talk about daily life.")),
}
"""The glossary, by code."""


@lru_cache(maxsize=16)
def words_in(language: str) -> Mapping[str, str]:
    """The words of the glossary in a language, in small letters, each with its code; longer ones first."""
    with override(language):
        found = {str(term.word).lower(): code for code, term in TERMS.items()}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


@lru_cache(maxsize=16)
def pattern_in(language: str) -> re.Pattern[str]:
    """Finds any word of the glossary in a text of that language."""
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, words_in(language))) + r")(?!\w)", re.IGNORECASE)
