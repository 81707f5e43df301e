"""The evidence of a breach file as one PDF: steps, facts with their sources, attendance, and then every paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from pathways.cases.models import Source
from pathways.cases.queries.history import history_of, known_facts
from pathways.documents.merging import merge_papers
from pathways.documents.models import Document
from pathways.documents.typesetting import letter_date, typeset
from pathways.outcomes.breach_words import DONE
from pathways.outcomes.letters import duty_texts, money
from pathways.outcomes.models import BreachAnswer, BreachFile, BreachStep
from pathways.outcomes.procedure import Act
from pathways.outcomes.progress import progress_of_cases
from pathways.outcomes.queries import answers_of
from pathways.programmes.queries import own_facts_named
from pathways.rules import COMPONENT_CODES, COMPONENT_LABELS, STORED_FACTS, word_value

if TYPE_CHECKING:
    from pathways.cases.models import Case

Names = Callable[[str, str, str], str | None]
PDF = "application/pdf"


def evidence_of(*, file: BreachFile, on: dt.date, names: Names | None = None) -> bytes:
    """The bundle in the language of the office. Photos are named in its index and stay with the file; PDFs are bound in."""
    office = file.case.office
    language = office.language if office else "nl"
    steps = list(file.steps.select_related("by", "letter__document", "document").order_by("number"))
    papers = [
        paper for step in steps for paper in (step.letter.document if step.letter else None, step.document) if paper
    ]
    answers = answers_of(file)
    papers += [paper.document for answer in answers for paper in answer.papers.all()]
    at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    with translation.override(language):
        data = _data(file, steps, answers, papers, language, on, names)
        first = typeset("evidence", data, made_at=at)
    bound = [(data["title"], first), *((one.name, bytes(one.content)) for one in papers if one.media_type == PDF)]
    return merge_papers(bound, title=data["title"], language=language, made_at=at, own_sheets=False)


def _data(
    file: BreachFile,
    steps: list[BreachStep],
    answers: list[BreachAnswer],
    papers: list[Document],
    language: str,
    on: dt.date,
    names: Names | None,
) -> dict[str, Any]:
    case = file.case
    return {
        "language": language,
        "title": _("Breach file: %(duty)s") % {"duty": duty_texts()[file.duty][language]},
        "office": case.office.name if case.office else "",
        "reference": case.reference,
        "made": _("Made on %(day)s") % {"day": letter_date(on, language)},
        "sections": [
            _section(_("The file"), (_("What"), _("Content")), _facts_of_file(file, language)),
            _section(
                _("Steps"), (_("Day"), _("Step"), _("Who"), _("Term until"), _("Reason")), _steps(steps, language)
            ),
            _section(
                _("Facts and their sources"), (_("Fact"), _("Value"), _("Source")), _facts(case, language, on, names)
            ),
            _section(_("Attendance"), (_("Part"), _("Attended"), _("Planned")), _attendance(case, on, language)),
            _section(_("Papers"), (_("Paper"), _("Fingerprint (SHA-256)")), ((p.name, p.sha256[:32]) for p in papers)),
        ],
    }


def _section(title: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> dict[str, Any]:
    return {"title": title, "columns": columns, "rows": [list(row) for row in rows], "empty": _("Nothing recorded.")}


def _facts_of_file(file: BreachFile, language: str) -> Iterator[tuple[str, ...]]:
    yield _("Person"), str(file.case.person)
    yield _("Reference"), file.case.reference
    yield _("Rule set"), file.rule_set.code
    yield _("Opened"), f"{letter_date(file.opened_on, language)}, {file.opened_by}"
    yield _("What happened"), file.grounds
    if file.amount is not None:
        yield _("Fine"), money(file.amount, language)


def _steps(steps: list[BreachStep], language: str) -> Iterator[tuple[str, ...]]:
    for step in steps:
        until = letter_date(step.ends_on, language) if step.ends_on else "–"
        yield letter_date(step.on, language), str(DONE[Act(step.act)]), str(step.by or ""), until, step.reason or "–"


def _answers(answers: list[BreachAnswer], language: str) -> Iterator[tuple[str, ...]]:
    for answer in answers:
        yield letter_date(answer.on, language), str(answer.get_kind_display()), answer.text or "–"


def _facts(case: Case, language: str, on: dt.date, names: Names | None) -> Iterator[tuple[str, ...]]:
    known = known_facts(history_of(case, until=on))
    facts = {**STORED_FACTS, **own_facts_named(known)}
    for name, fact in facts.items():
        if name in known and known[name].value is not None:
            source = known[name].source
            label = str(Source(source).label) if source in Source.values else source
            yield fact.labels[language], word_value(fact, known[name].value, language, names), label


def _attendance(case: Case, on: dt.date, language: str) -> Iterator[tuple[str, ...]]:
    facts = progress_of_cases([case.pk], on=on)[case.pk]
    for code in (*COMPONENT_CODES, "overall"):
        if planned := facts.get(f"{code}.planned_minutes"):
            attended = facts.get(f"{code}.attended_minutes") or 0
            share = f"{attended / 60:g} ({attended * 100 / planned:.1f} %)"
            yield COMPONENT_LABELS[code][language], share, f"{planned / 60:g}"
