"""Something is said to be wrong: what stood there, what the person says, and the form that puts it right, on one page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways.cases.errors import CaseError
from pathways.cases.models import Case, Source
from pathways.cases.queries import case_reasons
from pathways.cases.values import RECORDABLE
from pathways.correspondence import actions
from pathways.correspondence.models import CorrectionRequest
from pathways.correspondence.permissions import can_answer
from pathways.correspondence.queries import corrections_of
from pathways.duties.queries import ledger
from pathways.web.desk.fact_fields import initial_of
from pathways.web.desk.messages.forms import CORRECT, KEEP, CorrectionForm
from pathways.web.desk.messages.going import go_on
from pathways.web.desk.words import Words, recordable
from pathways.web.gate import StaffRequest, desk_page, get_case
from pathways.web.messages import shown_words, spoken_as, subject_words

TAB = "desk:case_messages"
About = CorrectionRequest.About


@desk_page
def answer(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Answers what is said to be wrong; what is corrected here decides the case again."""
    posted = request.method == "POST"
    case = get_case(request, reference, can_answer if posted else None, page="correction")
    asked = get_object_or_404(CorrectionRequest, case=case, public_id=public_id)
    asked.case = case
    words, fact, identity = Words(get_language() or "en"), _fact(request, asked), _identity(asked)
    papers = next((list(one.papers.all()) for one in corrections_of(case) if one.pk == asked.pk), [])
    initial = _initial(case, fact, identity, [paper.document.name for paper in papers])
    form = CorrectionForm(
        request.POST if posted else None, initial=initial, fact=fact, identity=identity, person=case.person,
        language=words.language,
    )  # fmt: skip
    if posted and form.is_valid():
        try:
            _answer(request, asked, form, fact, identity)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            return go_on(request, case, _("The answer is sent to the person."))
    context = {**_page(case, asked, words, fact), "papers": papers, "form": form, "fact": fact}
    return render(request, "desk/messages/correction.html", context, status=422 if form.errors else 200)


def _answer(request: StaffRequest, asked: CorrectionRequest, form: CorrectionForm, fact: str, identity: str) -> None:
    sent = form.cleaned_data
    here = sent["decision"] == CORRECT
    recorded = form.recorded if here and fact else {}
    actions.answer_correction(
        actor=request.user,
        request=asked,
        corrected=sent["decision"] != KEEP,
        reason=sent["reason"],
        language=sent["language"],
        facts={fact: sent["value"]} if here and fact else None,
        identity={identity: sent["value"] or _blank(identity)} if here and identity else None,
        on=request.today,
        **recorded,
    )
    if here:
        messages.info(request, _("It is recorded, and the case is decided again."))


def _blank(identity: str) -> str | None:
    return None if identity == "national_number" else ""


def _identity(asked: CorrectionRequest) -> str:
    return asked.code if asked.about == About.IDENTITY else ""


def _fact(request: StaffRequest, asked: CorrectionRequest) -> str:
    """The fact whose form stands on the page: the one asked about, or the one chosen among those behind a date."""
    if asked.about == About.FACT:
        name = recordable(asked.code)
        return name if name in RECORDABLE else ""
    chosen = request.GET.get("fact", "")
    return chosen if chosen in RECORDABLE and asked.about != About.IDENTITY else ""


def _initial(case: Case, fact: str, identity: str, papers: list[str]) -> dict[str, Any]:
    """What is known now; with a paper, that paper is the source."""
    if identity:
        return {"value": getattr(case.person, identity)}
    if not fact:
        return {}
    source = Source.DOCUMENT if papers else Source.STATEMENT
    return {
        "value": initial_of(fact, getattr(case.facts, fact)),
        "source": source,
        "evidence": ", ".join(papers)[:200],
    }


def _page(case: Case, asked: CorrectionRequest, words: Words, fact: str) -> dict[str, Any]:
    return {
        "case": case,
        "tab": TAB,
        "asked": asked,
        "waits": asked.state == CorrectionRequest.State.ASKED and case.closed_on is None,
        "about": subject_words(case, asked.about, asked.code, words.language),
        "shown": shown_words(asked, words.language),
        "written_in": spoken_as(asked.language),
        "behind": _behind(case, asked, words, fact),
    }


def _behind(case: Case, asked: CorrectionRequest, words: Words, chosen: str) -> list[dict[str, Any]]:
    """The facts that a date or the decision follows from, each with its value and the address of its form."""
    names = _names_behind(case, asked)
    address = reverse("desk:case_correction", args=[case.reference, asked.public_id])
    return [
        {
            "label": words.fact(name),
            "value": words.shown(name, getattr(case.facts, name)),
            "href": f"{address}?fact={name}#answer",
            "current": name == chosen,
        }
        for name in names
    ]


def _names_behind(case: Case, asked: CorrectionRequest) -> list[str]:
    if asked.about == About.DEADLINE:
        on = asked.asked_on
        term = next((one for one in ledger(case=case, on=on) if one.code == asked.code), None)
        names = [*term.rule.starts_at, term.rule.ends_at or ""] if term else []
    elif asked.about == About.DECISION:
        names = list(case_reasons(case=case, on=asked.asked_on).facts)
    else:
        names = []
    return [name for name in dict.fromkeys(map(recordable, names)) if name in RECORDABLE]
