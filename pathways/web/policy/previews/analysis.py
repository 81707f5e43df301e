"""What is wrong or worth a look in a rule set: what is proven, what was looked for in vain, what the real cases say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.previews.disclosure import LEAST
from pathways.previews.examples import day_of_examples, run
from pathways.previews.recorded import recorded_facts, rules_met, stored_names
from pathways.programmes.models import RuleSet as StoredRuleSet
from pathways.rules import STORED_FACTS, RuleSet
from pathways.rules.analysing import Finding, analyse, doubtful_laws, facts_used
from pathways.web.gate import StaffRequest, staff_page
from pathways.web.names import outcome_word
from pathways.web.policy.gates import get_rule_set, reading_language
from pathways.web.policy.labels import section_title
from pathways.web.policy.previews.examples import read
from pathways.web.policy.previews.tabs import tabs
from pathways.web.policy.previews.words import RuleSetWords
from pathways.web.wording import CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Shown:
    """A finding in words; `kind` of its proof: proven, open (neither found nor ruled out), seen (in the real cases)."""

    title: str
    text: str
    proof: str
    person: tuple[tuple[str, str], ...] = ()


@require_safe
@staff_page
def analysis(request: StaffRequest, code: str) -> HttpResponse:
    """The analysis of one rule set."""
    stored = get_rule_set(code)
    document = read(stored)
    context: dict[str, Any] = {"rule_set": stored, "tabs": tabs(stored, "analysis"), "faulty": document is None}
    if document is not None:
        context |= _context(document, reading_language(), day_of_examples(document, request.today))
    return render(request, "policy/previews/analysis.html", context)


def _context(document: RuleSet, language: str, on: dt.date) -> dict[str, Any]:
    words = RuleSetWords(document, language)
    found = analyse(document, on=on)
    number, recorded = recorded_facts(document)
    return {
        "on": on,
        "rules": [*(_finding(one, words) for one in found if one.kind in ("never", "hidden"))],
        "gaps": [*_days(document, words), *(_finding(one, words) for one in found if one.kind.startswith("no_"))],
        "unreached": [outcome_word(outcome) for outcome in run(document).unreached],
        "doubtful": [
            (section_title(section), words.title(section, code), str(CONFIDENCE[law.confidence]), law)
            for section, code, law in doubtful_laws(document)
        ],
        "unrecorded": _unrecorded(document, words, recorded) if number >= LEAST else [],
        "sample": _sample(document, words, number, on) if number >= LEAST else None,
        "open_cases": number,
    }


def _finding(one: Finding, words: RuleSetWords) -> Shown:
    title = f"{section_title(one.place.section)}: {words.title(one.place.section, one.place.code)}"
    hiding = ", ".join(words.rule(code) for code in one.by)
    texts = {
        ("never", True): _("Its condition can never be true, whatever the facts (%(key)s).")
        % {"key": _key(one.place.key)},
        ("never", False): _("No person was found for whom its condition is true (%(key)s).")
        % {"key": _key(one.place.key)},
        ("hidden", True): _("It never decides: whoever meets it meets an earlier rule (%(rules)s).")
        % {"rules": hiding},
        ("hidden", False): _("No person was found whom it decides; an earlier rule may always come first."),
        ("no_component", True): _("Somebody is obliged by this rule and no component is required of them."),
        ("no_deadline", True): _("Somebody is obliged by this rule and no deadline applies to them."),
    }
    return Shown(title, texts[one.kind, one.proven], "proven" if one.proven else "open", tuple(words.facts(one.person)))


def _key(key: str) -> str:
    names = {
        "when": _("when it holds"),
        "required_when": _("when it is required"),
        "offered_when": _("when it is offered"),
        "applies_when": _("when it applies"),
        "extension": _("when it is extended"),
    }
    return names[key]


def _days(document: RuleSet, words: RuleSetWords) -> Iterator[Shown]:
    """Days on which no version of the line is in force, before and after this one."""
    others = StoredRuleSet.objects.published().filter(line=document.line).exclude(code=document.code)
    periods = sorted((one.valid_from, one.valid_to or dt.date.max) for one in others.only("valid_from", "valid_to"))
    before = max((end for start, end in periods if start < document.valid_from), default=None)
    after = min((start for start, _end in periods if start > document.valid_from), default=None)
    title, day = _("Days without rules"), dt.timedelta(days=1)
    text = _("No version is in force from %(first)s to %(last)s. Who falls into it is not targeted.")
    if before is not None and before < document.valid_from:
        yield Shown(title, text % {"first": words.day(before), "last": words.day(document.valid_from - day)}, "proven")
    if document.valid_to is not None and (after is None or after > document.valid_to):
        until = words.day(after - day) if after else _("no end")
        yield Shown(title, text % {"first": words.day(document.valid_to), "last": until}, "proven")


def _unrecorded(document: RuleSet, words: RuleSetWords, recorded: dict[str, int]) -> list[tuple[str, str]]:
    """Facts that a rule reads and that are recorded for nobody, with the rules that read them."""
    used = facts_used(document)
    found = []
    for name, fact in stored_names(used).items():
        if not recorded.get(name) and STORED_FACTS[name].recordable:
            places = dict.fromkeys(words.title(place.section, place.code) for place in used[fact])
            found.append((words.label(name), ", ".join(places)))
    return found


def _sample(document: RuleSet, words: RuleSetWords, number: int, on: dt.date) -> dict[str, Any]:
    """Status rules that decide nobody among the cases looked at."""
    met = rules_met(document, on=on, cases=number)
    never = [words.rule(status.code) for status in document.statuses if status.code not in met.rules]
    return {"cases": met.cases, "all": met.all_looked_at, "rules": never}
