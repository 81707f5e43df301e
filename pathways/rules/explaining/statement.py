"""The statement that explains one case: the truth of every node of every condition, and the dates of the deadlines."""

# ruff: noqa: S608  (names come from the catalogue, every value is a parameter)

import datetime as dt
from collections.abc import Mapping, Sequence

from pathways.rules.compiling import Compiler
from pathways.rules.conditions import Node, Value
from pathways.rules.evaluating import deciding
from pathways.rules.evaluating.statement import due_on
from pathways.rules.evaluating.versions import BITS
from pathways.rules.explaining.questions import nodes, other_questions, status_questions
from pathways.rules.rule_sets import RuleSet
from pathways.rules.sql import FENCE, Sql, bind, compose, join


def explanation_sql(
    *,
    rule_set: RuleSet,
    relation: Sql,
    on: dt.date,
    given: Mapping[str, Value] | None = None,
    trajectory: RuleSet | None = None,
    progress: bool = False,
) -> Sql:
    """Explain each row of `relation` under `rule_set`; read a row with `read_explanation`.

    `trajectory` is the rule set of the trajectory where it is another one. With `progress` the relation must offer
    the progress facts too, and `met_when` and `issued_when` are explained.
    """
    statuses = Compiler(on, "f", given)
    inner = compose(
        "SELECT f.*, {} AS status_truths, {} AS letters, {} AS selected_on FROM ({}) AS f " + FENCE,
        _truths(statuses, nodes(status_questions(rule_set))),
        deciding.truths(statuses, rule_set.statuses),
        statuses.first_known(rule_set.duty_selector),
        relation,
    )
    masked = compose(
        "SELECT e.*, {} AS outcomes FROM ({}) AS e " + FENCE,
        deciding.possible_mask(rule_set.statuses, "e.letters"),
        inner,
    )
    since = Sql(f'COALESCE(e."obliged_since", CASE WHEN e.outcomes = {BITS["obliged"]} THEN e.selected_on END)')
    rest = Compiler(on, "e", given, {"obliged_since": since})
    missing = [rest.missing(node, root=False) for node in nodes(status_questions(rule_set))]
    return compose(
        "SELECT e.id AS case_id, e.letters AS rule_truths, e.status_truths, {} AS truths, {} AS starts, {} AS dues,"
        " {} AS ends, {} AS missing, {} AS obliged_since FROM ({}) AS e",
        _truths(rest, nodes(other_questions(rule_set, trajectory, progress=progress))),
        _dates([rest.first_known(deadline.starts_at) for deadline in rule_set.deadlines]),
        _dates([due_on(rest, deadline) for deadline in rule_set.deadlines]),
        _dates([rest.column(d.ends_at) if d.ends_at else Sql("NULL") for d in rule_set.deadlines]),
        _missing(missing),
        since,
        masked,
    )


def _truths(compiler: Compiler, found: Sequence[Node]) -> Sql:
    return compose("ARRAY[{}]::bool[]", join(", ", [compiler.compile(node) for node in found]))


def _dates(found: Sequence[Sql]) -> Sql:
    return compose("ARRAY[{}]::date[]", join(", ", found))


def _missing(found: Sequence[Mapping[str, Sql]]) -> Sql:
    """Per node the facts that would decide it, joined by commas; NULL where none would."""
    texts = [
        compose(
            "NULLIF(concat_ws(',', {}), '')",
            join(", ", [compose("CASE WHEN {} THEN {} END", c, bind(name, "text")) for name, c in facts.items()]),
        )
        if facts
        else Sql("NULL")
        for facts in found
    ]
    return compose("ARRAY[{}]::text[]", join(", ", texts))
