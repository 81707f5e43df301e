"""The statement that decides any number of cases in one scan.

Layers, each fenced with OFFSET so that PostgreSQL computes nothing twice: first match on the scan; versions and
truths; possible outcomes; everything that follows from them; the columns as documented.
"""

# ruff: noqa: S608  (names come from the catalogue, every value is a parameter)

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from pathways.rules.catalogue import STORED_FACTS
from pathways.rules.compiling import Compiler, columns_of, flips_in, next_flip, own_columns, own_value
from pathways.rules.conditions import Node, Value
from pathways.rules.evaluating import deciding, doubt, trajectory
from pathways.rules.evaluating.versions import BITS, Versions, line_number
from pathways.rules.lines import DEADLINE_CODES, LINES, OUTCOMES
from pathways.rules.rule_sets import Deadline, RuleSet, Status
from pathways.rules.sql import FALSE, FENCE, NULL, Sql, bind, compose, join

LAST_DAY = dt.date.max
_DOUBTED = f"CASE WHEN e.k <= -{deciding.PACK} THEN"
_CERTAIN = "CASE WHEN e.certain IS NOT NULL THEN"


def evaluation_sql(
    *,
    rule_sets: Sequence[tuple[int, RuleSet]],
    relation: Sql,
    on: dt.date,
    given: Mapping[str, Value] | None = None,
    forced: int | None = None,
    dues: bool = False,
) -> Sql:
    """What the rules say about each row of `relation` on day `on`, as a SELECT over one scan.

    `rule_sets` pairs a number with each rule set; `relation` is a SELECT that offers `id`, `duty_line`,
    `trajectory_line` and every stored fact, and `own` where a rule set has own facts. `given` holds derived facts that win
    over their sources. `forced` names
    the rule set to use for the duty and the trajectory of everybody. With `dues` there is a column `due_<code>` for each
    deadline beside the earliest. The columns are described in `docs/rule-evaluation.md`.
    """
    found = evaluation_template(rule_sets=rule_sets, relation=relation, on=on, given=given, forced=forced, dues=dues)
    return found.at(on)


def evaluation_template(
    *,
    rule_sets: Sequence[tuple[int, RuleSet]],
    relation: Sql,
    on: dt.date,
    given: Mapping[str, Value] | None = None,
    forced: int | None = None,
    dues: bool = False,
) -> Sql:
    """The same with days left open (`Sql.at`): it serves every day that has the same `first_day_alike`.

    Where facts are given directly it serves day `on` alone.
    """
    versions = Versions(tuple(rule_sets), on, given or {}, forced)
    used = _used(versions)
    inner = _matched(versions, relation, used)
    inner = _with_versions(versions, inner, used)
    inner = _with_mask(versions, inner, used)
    return _final(versions, _with_consequences(versions, inner), dues=dues)


def _used(versions: Versions) -> list[str]:
    """The fact columns that any layer reads."""
    nodes: list[Node] = []
    found: dict[str, None] = {"obliged_since": None}
    for _, rule_set in versions.places:
        nodes += [status.when.node for status in rule_set.statuses]
        nodes += [node for c in rule_set.components for node in (c.required_when.node, c.offered_when.node)]
        for deadline in rule_set.deadlines:
            nodes.append(deadline.applies_when.node)
            if deadline.extension:
                nodes.append(deadline.extension.applies_when.node)
            found |= dict.fromkeys((*deadline.starts_at, *([deadline.ends_at] if deadline.ends_at else ())))
            found[extra_days(deadline)] = None
        found |= dict.fromkeys((*rule_set.duty_selector, *rule_set.trajectory_selector))
        if rule_set.transition.policy == "pinned":
            found["contract_signed_on"] = None
    found |= columns_of(nodes)
    return [name for name in (*STORED_FACTS, *versions.own) if name in found]


def _matched(versions: Versions, relation: Sql, used: Sequence[str]) -> Sql:
    own = {name: fact for name, fact in versions.own.items() if name in used}
    compiler = versions.compiler("f", {name: own_value("f", fact) for name, fact in own.items()})
    k = versions.select("f", "duty", lambda place, rule_set: deciding.first_match(compiler, place, rule_set))
    columns = ", ".join(f'f."{name}"' for name in used if name not in own)
    return compose(
        f"SELECT f.id, f.duty_line, f.trajectory_line, {columns}{{}}, ({{}})::int AS k FROM ({{}}) AS f {FENCE}",
        own_columns("f", own.values()),
        k,
        relation,
    )


def _passed(used: Sequence[str]) -> str:
    return ", ".join(("e.id, e.duty_line, e.trajectory_line, e.k", *(f'e."{name}"' for name in used)))


def _with_versions(versions: Versions, inner: Sql, used: Sequence[str]) -> Sql:
    compiler = versions.compiler("e")
    duty = Sql(f"CASE WHEN e.k BETWEEN -{line_number(LINES[-1])} AND -1 THEN e.k ELSE abs(e.k) / {deciding.PACK} END")
    w = versions.select("e", "trajectory", lambda place, _: Sql(str(place)), shared=duty)

    def found(of: Callable[[Compiler, Sequence[Status]], Sql]) -> Sql:
        results = {place: of(compiler, rule_set.statuses) for place, rule_set in versions.places}
        return versions.by_place(Sql(f"-e.k / {deciding.PACK}"), results)

    return compose(
        f"SELECT {_passed(used)}, abs(e.k) / {deciding.PACK} AS v, ({{}})::int AS w,"
        f" ({_DOUBTED} {{}} END)::int AS certain, ({_DOUBTED} {{}} END)::bigint AS unknown FROM ({{}}) AS e {FENCE}",
        w,
        found(doubt.certain_rule),
        found(doubt.unknown_rules),
        inner,
    )


def _with_mask(versions: Versions, inner: Sql, used: Sequence[str]) -> Sql:
    doubtful = deciding.DOUBTFUL
    matters = {place: doubt.open_rules(s.statuses, "e", doubtful) for place, s in versions.places}
    return compose(
        f"SELECT {_passed(used)}, e.v, e.w, e.certain, {{}} AS mask, {_CERTAIN} {doubtful} END AS doubtful,"
        f" {_CERTAIN} {{}} END AS matters FROM ({{}}) AS e {FENCE}",
        deciding.mask(versions),
        versions.by_place(Sql("e.v"), matters),
        inner,
    )


def _obliged_since(versions: Versions) -> Sql:
    """What is recorded; else, for an obliged person, the date that chose the version."""
    compiler = versions.compiler("e")
    days = {place: compiler.first_known(rule_set.duty_selector) for place, rule_set in versions.places}
    return compose(
        f'COALESCE(e."obliged_since", CASE WHEN e.mask = {BITS["obliged"]} THEN ({{}})::date END)',
        versions.by_place(Sql("e.v"), days),
    )


def extra_days(deadline: Deadline) -> str:
    """The fact that holds the days which suspensions, granted extensions and shifts add to a deadline."""
    return f"extra_days_{deadline.code}"


def due_on(compiler: Compiler, deadline: Deadline) -> Sql:
    """The day a deadline ends, extension and days added included; NULL while its start is not known."""
    length = bind(deadline.length.interval, "interval")
    if deadline.extension:
        condition = compiler.compile(deadline.extension.applies_when.node)
        extra = bind(deadline.extension.length.interval, "interval")
        if condition is not FALSE:
            length = compose("({} + CASE WHEN {} THEN {} ELSE '0' END)", length, condition, extra)
    days = compiler.value(STORED_FACTS[extra_days(deadline)])
    return compose("(({} + {})::date + {})", compiler.first_known(deadline.starts_at), length, days)


def _open_due(compiler: Compiler, deadline: Deadline) -> Sql:
    applies = compiler.compile(deadline.applies_when.node)
    if deadline.ends_at:
        applies = compose("({} AND {} IS NULL)", applies, compiler.column(deadline.ends_at))
    return compose("CASE WHEN {} THEN {} END", applies, due_on(compiler, deadline))


def _due_columns(versions: Versions, compiler: Compiler) -> dict[str, Sql]:
    columns = {}
    for code in DEADLINE_CODES:
        results = {
            place: _open_due(compiler, deadline)
            for place, rule_set in versions.places
            for deadline in rule_set.deadlines
            if deadline.code == code
        }
        if results:
            found = versions.by_place(Sql("e.v"), results)
            columns[code] = compose(f"CASE WHEN e.mask = {BITS['obliged']} THEN {{}} END", found)
    return columns


def _next_check(versions: Versions, compiler: Compiler) -> Sql:
    duty: dict[int, Sql] = {}
    path: dict[int, Sql] = {}
    same: dict[int, Sql] = {}
    for place, rule_set in versions.places:
        nodes = [status.when.node for status in rule_set.statuses]
        for deadline in rule_set.deadlines:
            nodes += [deadline.applies_when.node]
            nodes += [deadline.extension.applies_when.node] if deadline.extension else []
        flips = flips_in(compiler, nodes)
        components = [n for c in rule_set.components for n in (c.required_when.node, c.offered_when.node)]
        other_flips = flips_in(compiler, components)
        for by_place, asked in ((duty, flips), (path, other_flips), (same, flips | other_flips)):
            if (day := next_flip(compiler, asked)) is not None:
                by_place[place] = day
    parts = [versions.by_place(Sql("e.v"), duty), versions.by_place(Sql("e.w"), path)]
    if same:  # mostly one version is both, and what its duty waits for, its trajectory waits for too
        apart = join(", ", [part for part in parts if part is not NULL])
        both = versions.by_place(Sql("e.v"), same)
        parts = [compose("CASE WHEN e.v = e.w THEN {} ELSE LEAST({}) END", both, apart)]
    parts += [found for which in ("duty", "trajectory") if (found := versions.boundaries("e", which))]
    parts.append(_open_choice_boundary(versions))
    parts = [part for part in parts if part is not NULL]
    return compose("LEAST({})", join(", ", parts)) if parts else Sql("NULL::date")


def _open_choice_boundary(versions: Versions) -> Sql:
    """A programme not chosen yet: its candidates are those in force on the day."""
    days = [
        day
        for rule_set in (s for line in ("BX", "FL") for _, s in versions.of_line(line))
        for day in (rule_set.valid_from, rule_set.valid_to)
        if day is not None and day > versions.on
    ]
    if not days or versions.forced is not None:
        return NULL
    return compose("CASE WHEN e.trajectory_line IS NULL THEN {} END", bind(min(days), "date"))


def _with_consequences(versions: Versions, inner: Sql) -> Sql:
    obliged_since = _obliged_since(versions)
    compiler = versions.compiler("e", {"obliged_since": obliged_since})
    columns = {
        "obliged_on": obliged_since,
        "undecided": Sql(deciding.UNDECIDED),
        "missing": deciding.missing(versions, versions.compiler("e")),
        **{f"due_{code}": found for code, found in _due_columns(versions, compiler).items()},
        **trajectory.class_columns(versions, compiler),
        "check_on": _next_check(versions, compiler),
    }
    selected = join(", ", [compose("{} AS " + name, found) for name, found in columns.items()])
    return compose(
        "SELECT e.id, e.k, e.v, e.w, e.certain, e.doubtful, e.mask, {} FROM ({}) AS e " + FENCE, selected, inner
    )


def _final(versions: Versions, inner: Sql, *, dues: bool) -> Sql:
    numbers = bind([number for number, _ in versions.rule_sets], "bigint[]")
    codes = {p: compose("({})[n]", bind([x.code for x in s.statuses], "text[]")) for p, s in versions.places}
    rule_number = f"CASE WHEN e.k > 0 THEN {deciding.RULE} ELSE e.certain END"
    rules = {place: Sql(found.text.replace("[n]", f"[{rule_number}]"), found.params) for place, found in codes.items()}
    outcomes = " ".join(f"WHEN {BITS[outcome]} THEN '{outcome}'" for outcome in OUTCOMES)
    masked = ", ".join(f"CASE WHEN e.mask & {BITS[outcome]} <> 0 THEN '{outcome}' END" for outcome in OUTCOMES)
    due = [code for code in DEADLINE_CODES if any(d.code == code for _, s in versions.places for d in s.deadlines)]
    first = f"LEAST({', '.join(f'e.due_{code}' for code in due)})" if due else "NULL::date"
    named = " ".join(f"WHEN e.due_{code} THEN '{code}'" for code in due)
    every = "".join(f", {f'e.due_{code}' if code in due else 'NULL::date'} AS due_{code}" for code in DEADLINE_CODES)
    letters = bind(["f" * number + "t" for number in range(deciding.RULES - 1)], "text[]")
    text = f"""SELECT e.id::bigint AS case_id, ({{}})[e.v] AS duty_rule_set_id, ({{}})[e.w] AS trajectory_rule_set_id,
 CASE e.mask {outcomes} ELSE 'undecided' END AS outcome,
 CASE WHEN e.undecided THEN NULL ELSE {{}} END AS rule,
 CASE WHEN e.k > 0 THEN ({{}})[{deciding.RULE}]
  WHEN e.certain IS NOT NULL THEN {doubt.letters("e", "e.doubtful")} END AS rule_truths,
 CASE WHEN e.undecided THEN array_remove(ARRAY[{masked}], NULL) END AS possible,
 e.missing, {trajectory.folded("e")} AS components, e.obliged_on AS obliged_since,
 {first} AS next_due_on, {f"CASE {first} {named} END" if named else "NULL::text"} AS next_due{every if dues else ""},
 CASE WHEN e.check_on <= {{}} THEN e.check_on END AS next_check_on FROM ({{}}) AS e"""
    return compose(text, numbers, numbers, versions.by_place(Sql("e.v"), rules), letters, bind(LAST_DAY, "date"), inner)
