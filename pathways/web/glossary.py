"""Words of the law and of offices, each with its meaning in one or two short sentences; shown on touch.

They are found in a sentence whatever ending it gives them (`glossary_forms`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pathways.web.glossary_forms import forms_of

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
    "officer": Term(_("enforcement officer"), _("A person of the region who decides about fines.")),
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
    "interpreter": Term(_("interpreter"), _("Somebody who says in your language what other people say.")),
    "level": Term(_("level A2"), _("You understand simple sentences and can talk about daily life.")),
}
"""The glossary, by code."""


@lru_cache(maxsize=16)
def pattern_in(language: str) -> re.Pattern[str]:
    """Finds any word of the glossary in a text of that language; the name of the group that matches is the code."""
    with override(language):
        found = {code: str(term.word) for code, term in TERMS.items()}
    longest_first = sorted(found.items(), key=lambda item: -len(item[1]))
    words = "|".join(f"(?P<{code}>{forms_of(word, language)})" for code, word in longest_first)
    return re.compile(rf"(?<![\w&#])(?:{words})(?!\w)", re.IGNORECASE)
