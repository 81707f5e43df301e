"""The pages of the self-check: a question, and the result. They read the address alone and store nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pathways.base.clock import today
from pathways.web.languages import asks_language, current
from pathways.web.public.check.answers import Answers, unsealed
from pathways.web.public.check.asking import Standing, asked_as, standing
from pathways.web.public.check.questions import NEVER, UNKNOWN, Question
from pathways.web.public.check.reading import UnreadableError, read_answer
from pathways.web.public.check.result import cards, offices, unknown_answers
from pathways.web.public.check.words import UNKNOWN_LABEL, answered
from pathways.web.public.limiting import WINDOW, asks_too_often
from pathways.web.reference import municipality_choices, municipality_names, nationality_choices

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST = 900
"""Pages of the check that one address may ask for in a window: an office's visitors share theirs."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@asks_language
def ask(request: HttpRequest) -> HttpResponse:
    """The next question, or the one in `q`; an answer leads on, sealed into the address."""
    if asks_too_often(request, "check", most=MOST):
        return render(request, "public/check/often.html", {"minutes": WINDOW // 60}, status=429)
    sent = request.POST if request.method == "POST" else request.GET
    answers = unsealed(sent.get("a", ""))
    if sent.get("everywhere"):
        answers = Answers(answers.given, everywhere=True)
    found = standing(answers, on=today())
    question = asked_as(sent.get("q", "")) or found.question
    if question is None:
        return redirect(address("check_result", answers))
    if request.method != "POST":
        return _page(request, question, found)
    try:
        value = read_answer(question, request.POST, on=today())
    except UnreadableError as fault:
        return _page(request, question, found, fault)
    return redirect(address("check", answers.with_answer(question.name, value)))


@require_safe
@never_cache
@asks_language
def result(request: HttpRequest) -> HttpResponse:
    """What the rules say about the answers in the address; back to the questions while any is open."""
    answers, on = unsealed(request.GET.get("a", "")), today()
    if asks_too_often(request, "check", most=MOST):
        return render(request, "public/check/often.html", {"minutes": WINDOW // 60}, status=429)
    found = standing(answers, on=on)
    if found.question:
        return redirect(address("check", answers))
    language = current()
    context = {
        **_answers(answers, language),
        "heading": _heading(found, language),
        "home": found.home,
        "cards": cards(found, language, on=on),
        "offices": offices(found, on=on),
        "unknown": unknown_answers(answers),
        "not_registered": answers.given.get("first_registered_on") == NEVER,
        "more": address("check", Answers(answers.given, everywhere=True)),
        "on": on,
    }
    return render(request, "public/check/result.html", context)


def address(name: str, answers: Answers, **more: str) -> str:
    """A page of the check with these answers."""
    held = {"a": answers.sealed()} if answers.given or answers.everywhere else {}
    query = urlencode({**held, **more})
    return f"{reverse(name)}?{query}" if query else reverse(name)


def _answers(answers: Answers, language: str) -> dict[str, Any]:
    lines = answered(answers, language)
    return {"answered": [(line, address("check", answers, q=line.name)) for line in lines]}


def _page(
    request: HttpRequest, question: Question, found: Standing, fault: UnreadableError | None = None
) -> HttpResponse:
    answers, language = found.answers, current()
    given = list(answers.given)
    number = given.index(question.name) + 1 if question.name in given else len(given) + 1
    before = given[number - 2] if number > 1 else ""
    most = max(len(given) + len(found.open_facts), number)
    context = {
        **_answers(answers, language),
        "question": question,
        "options": _options(question, language),
        "places": fault.places if fault else [],
        "fault": fault.says if fault else "",
        "chosen": _chosen(question, request, answers, language),
        "token": answers.sealed(),
        "number": number,
        "most": most,
        "steps": ["done" if step < number else "here" if step == number else "" for step in range(1, most + 1)],
        "back": address("check", answers, q=before) if before else reverse("home"),
        "unknown": UNKNOWN,
        "unknown_label": UNKNOWN_LABEL,
        "never": NEVER,
    }
    return render(request, "public/check/question.html", context)


def _options(question: Question, language: str) -> list[tuple[str, str]]:
    """The codes of a question whose answers stand in a reference table."""
    if question.kind == "country":
        return nationality_choices(language)
    return municipality_choices(language) if question.kind == "place" else []


def _chosen(question: Question, request: HttpRequest, answers: Answers, language: str) -> dict[str, str]:
    """What stands in the fields: what was just sent, or else what was answered before."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("answer", "day", "month", "year")}
    value = answers.given.get(question.name, "")
    if question.kind == "date" and value not in {"", UNKNOWN, NEVER}:
        year, month, day = value.split("-")
        return {"answer": "", "day": str(int(day)), "month": str(int(month)), "year": year}
    if question.kind == "place" and value not in {UNKNOWN, NEVER}:
        value = municipality_names([value], language).get(value, "")
    return {"answer": value, "day": "", "month": "", "year": ""}


def _heading(found: Standing, language: str) -> str:
    """The answer in one sentence."""
    if found.home is None:
        return _("What would apply to you in Belgium")
    code = found.answers.given["municipality"]
    place = format_html("<bdi>{}</bdi>", municipality_names([code], language).get(code, ""))
    sentence = {
        "obliged": _("In %(place)s you probably must follow a programme"),
        "entitled": _("In %(place)s you may follow a programme"),
        "exempt": _("In %(place)s you probably do not have to follow a programme"),
        "postponed": _("In %(place)s you may probably start later"),
        "not_targeted": _("The programme in %(place)s is probably not for you"),
        "undecided": _("We cannot say yet what applies in %(place)s"),
    }[found.regions[found.home].outcome]
    before, _placeholder, after = sentence.partition("%(place)s")
    return format_html("{}{}{}", before, place, after)
