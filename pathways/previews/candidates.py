"""The candidate of a preview: its document among the rule sets that are published now, or why it cannot stand there."""

from __future__ import annotations

from typing import Any

from pathways.cases.deciding.candidates import Candidate, CandidateError, with_candidate
from pathways.cases.deciding.rule_sets import published
from pathways.previews.errors import PreviewRefused
from pathways.previews.models import Preview
from pathways.rules import RuleSet, RuleSetError, parse_rule_set


def read_document(content: Any) -> RuleSet:
    """The document of a draft; PreviewRefused while it has faults."""
    try:
        return parse_rule_set(content)
    except RuleSetError as error:
        raise PreviewRefused("faulty") from error


def candidate_of(preview: Preview) -> Candidate:
    """What the preview compares; PreviewRefused where publication would refuse the document."""
    document = read_document(preview.content)
    try:
        return with_candidate(published(), number=preview.rule_set_id, document=document)
    except CandidateError as error:
        raise PreviewRefused("overlaps") from error
