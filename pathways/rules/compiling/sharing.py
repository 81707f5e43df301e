"""What several conditions have in common, so that a row is asked about it once. Kleene truth allows all of it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pathways.rules.conditions import All, AnyOf, Node, Not, facts_in, walk


def implies(condition: Node, other: Node) -> bool:
    """Whether `condition` is `other` and something more: then `other or condition` is just `other`."""
    return _parts(other) <= _parts(condition)


def _parts(node: Node) -> frozenset[Node]:
    if not isinstance(node, All):
        return frozenset((node,))
    return frozenset((node,)).union(*(_parts(part) for part in node.parts))


def shared_part(conditions: Iterable[Node]) -> Node | None:
    """The group that most conditions repeat, by the number of facts that it would spare; None where nothing is."""
    found: Counter[Node] = Counter()
    different = set(conditions)
    groups = {part for node in different for part in walk(node) if isinstance(part, All | AnyOf)}
    for group in groups:
        found[group] = sum(_size(group) for node in different if _holds(node, group)) - _size(group)
    best = max(found.items(), key=lambda item: (item[1], repr(item[0])), default=None)
    return best[0] if best and best[1] > 0 else None


def _size(group: Node) -> int:
    return sum(len(facts_in(part)) for part in walk(group) if not isinstance(part, All | AnyOf | Not))


def _holds(node: Node, group: Node) -> bool:
    return any(part == group or _extends(part, group) for part in walk(node))


def _extends(node: Node, group: Node) -> bool:
    return isinstance(node, All) and isinstance(group, All) and set(group.parts) < set(node.parts)


def factored(node: Node, group: Node) -> Node:
    """The same condition with `group` as a part of its own wherever an "and" has all of its parts."""
    match node:
        case _ if node == group:
            return node
        case All(parts) if _extends(node, group) and isinstance(group, All):
            rest: Sequence[Node] = [part for part in parts if part not in group.parts]
            return All((group, *(factored(part, group) for part in rest)))
        case All(parts):
            return All(tuple(factored(part, group) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(factored(part, group) for part in parts))
        case Not(part):
            return Not(factored(part, group))
    return node
