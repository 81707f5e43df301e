"""Messages as both sides see them: who wrote, in which language, with which papers, and what a machine made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from accounts.roles import Role
from pathways.cases.deciding import rule_set_by_id
from pathways.cases.values import from_json
from pathways.correspondence.actions.writing import LONGEST
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message
from pathways.rules import find_fact, word_date, word_value
from pathways.web.codes import CodeNames
from pathways.web.names import outcome_word
from pathways.web.texts import said
from pathways.web.uploads import UploadsField

if TYPE_CHECKING:
    import datetime as dt

    from pathways.cases.models import Case
    from pathways.documents.models import Document

IDENTITY_LABELS = {
    "last_name": gettext_lazy("Last name"),
    "first_names": gettext_lazy("First names"),
    "sex": gettext_lazy("Sex"),
    "national_number": gettext_lazy("National number"),
}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as a page shows it. `mine` is that of the reader's side; `new` has not been seen before.

    The newcomer's own are from "you": only they write on their side.
    """

    public_id: str
    mine: bool
    new: bool
    who: str
    role: str
    at: dt.datetime
    language: str
    language_name: str
    about: str
    answer: str
    text: str
    papers: list[tuple[str, str]]
    translation: str
    engine: str
    translate: str
    seen: dt.datetime | None


def bubbles(
    messages: Iterable[Message],
    *,
    side: str,
    paper: Callable[[Document], str],
    translate: Callable[[Message], str] | None,
) -> list[Bubble]:
    """The messages for a reader of `side`, in the language of the page.

    `paper` gives the address of a file, `translate` that by which a machine is asked; None where there is no translator.
    """
    language = get_language() or "en"
    return [_bubble(one, side, language, paper, translate) for one in messages]


def _bubble(
    one: Message,
    side: str,
    language: str,
    paper: Callable[[Document], str],
    translate: Callable[[Message], str] | None,
) -> Bubble:
    mine = one.side == side
    made = next((found for found in one.translations.all() if found.language == language), None)
    request = one.correction or one.change
    own = mine and one.side == Message.Side.PERSON
    foreign = not mine and bool(one.text) and one.language != language
    return Bubble(
        public_id=str(one.public_id),
        mine=mine,
        new=not mine and one.read_at is None,
        who=_("You") if own else str(one.author),
        role=str(Role(one.author_role).label) if one.author_role in Role.values and not own else "",
        at=one.written_at,
        language=one.language,
        language_name=spoken_as(one.language),
        about=about_words(request, language) if request else "",
        answer=request.get_state_display() if request else "",
        text=one.text,
        papers=[(paper(each.document), each.document.name) for each in one.papers.all()],
        translation=made.text if made else "",
        engine=made.engine if made else "",
        translate=translate(one) if translate and foreign and not made else "",
        seen=one.read_at if mine else None,
    )


def spoken_as(code: str) -> str:
    """A language in its own words."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def about_words(request: CorrectionRequest | ChangeReport, language: str) -> str:
    """What a request is about."""
    if isinstance(request, ChangeReport):
        return str(request.get_kind_display())
    return subject_words(request.case, request.about, request.code, language)


def subject_words(case: Case, about: str, code: str, language: str) -> str:
    """What something that may be wrong is called."""
    if about == CorrectionRequest.About.DECISION:
        return _("The decision")
    if about == CorrectionRequest.About.IDENTITY:
        return str(IDENTITY_LABELS[code])
    if about == CorrectionRequest.About.DEADLINE:
        decision = getattr(case, "decision", None)
        rule_set = rule_set_by_id(decision.duty_rule_set_id) if decision else None
        title = next((term.title for term in rule_set.deadlines if term.code == code), None) if rule_set else None
        return said(title, language) if title else code
    fact = find_fact(code)
    return said(fact.labels, language) if fact else code


def shown_words(request: CorrectionRequest, language: str) -> str:
    """What stood there when it was said to be wrong; "" where nothing did."""
    shown = request.shown
    if shown is None:
        return ""
    if request.about == CorrectionRequest.About.DECISION:
        return outcome_word(str(shown))
    if request.about == CorrectionRequest.About.DEADLINE:
        day = from_json("birth_date", shown)
        return word_date(day, language)  # type: ignore[arg-type]  # a last day is a date
    return fact_words(request.code, from_json(request.code, shown), language)


def fact_words(name: str, value: Any, language: str) -> str:
    """A value of a fact; "" for none."""
    fact = find_fact(name)
    if fact is None or value is None:
        return ""
    return word_value(fact, value, language, CodeNames(language))


def answer_with(document: Document) -> HttpResponse:
    """A file shown in the browser, kept by nobody on the way. Only photos and PDF were ever taken."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=document.name) or "inline",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(document.content), content_type=document.media_type, headers=headers)


def written_languages() -> list[tuple[str, str]]:
    """The languages somebody may say they write in, each in its own words."""
    return [(code, spoken_as(code)) for code, _name in settings.LANGUAGES]


class LanguageField(forms.ChoiceField):
    """In which language somebody writes: that of the page unless they say otherwise."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=written_languages, initial=lambda: get_language() or "en", **options)


class MessageForm(forms.Form):
    """A message with its files."""

    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    papers = UploadsField(
        label=gettext_lazy("Photos or PDF files"),
        required=False,
        help_text=gettext_lazy("You can add 5 files at most."),
    )
    language = LanguageField(label=gettext_lazy("I write in"))
