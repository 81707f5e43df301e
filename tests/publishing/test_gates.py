"""What keeps a draft from being proposed."""

from __future__ import annotations

import pytest

from pathways.programmes.models import RuleSet
from pathways.publishing.actions import propose
from pathways.publishing.errors import PublishingError
from pathways.publishing.gates import gates_of
from tests.publishing.conftest import EXAMPLES, TODAY, draft, example, new_rules, read


def shut(rule_set, user):
    return {gate.code for gate in gates_of(rule_set, proposer=user).gates if not gate.passed}


def test_a_draft_whose_preview_was_read_passes(ready, editor):
    assert gates_of(ready, proposer=editor).open


def test_a_preview_that_only_somebody_else_has_read_does_not_count(ready, approver):
    assert shut(ready, approver) == {"preview"}


def test_a_failing_example_keeps_it_back(rules, editor):
    document = new_rules() | {"examples": [*EXAMPLES, example("entitled")]}
    gates = gates_of(draft(document), proposer=editor)
    assert "examples" in {gate.code for gate in gates.gates if not gate.passed}
    assert gates.failing == 1


def test_fewer_than_five_examples_keep_it_back(rules, editor):
    assert "examples" in shut(draft(new_rules() | {"examples": EXAMPLES[1:]}), editor)


def test_an_outcome_that_no_example_reaches_keeps_it_back(rules, editor):
    without = [one for one in EXAMPLES if one["expect"]["outcome"] != "not_targeted"]
    gates = gates_of(draft(new_rules() | {"examples": [*without, example("obliged", age=22)]}), proposer=editor)
    assert gates.gate("outcomes").faults == ("not_targeted",)


def test_a_faulty_document_names_its_faults(rules, editor):
    row = draft(new_rules())
    RuleSet.objects.filter(pk=row.pk).update(content={**row.content, "statuses": []})
    row.refresh_from_db()
    assert "/statuses" in gates_of(row, proposer=editor).gate("form").faults[0]


def test_a_change_after_the_preview_was_read_asks_for_a_new_one(ready, editor):
    RuleSet.objects.filter(pk=ready.pk).update(content={**ready.content, "notes": [NOTE]})
    ready.refresh_from_db()
    assert shut(ready, editor) == {"preview"}


def test_what_is_not_ready_is_not_proposed(rules, editor):
    row = draft(new_rules() | {"examples": EXAMPLES[1:]})
    read(row, editor)
    with pytest.raises(PublishingError, match="Not yet ready"):
        propose(actor=editor, rule_set=row, on=TODAY)
    row.refresh_from_db()
    assert row.state == "draft"


NOTE = {"text": dict.fromkeys(("en", "nl", "fr", "de"), "Later"), "source": "SA", "confidence": "verified"}
