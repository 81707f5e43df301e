"""The figures of a preview as its reader may see them: exact where they see the cases, else no group under ten people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.previews.disclosure import LEAST, disclose, rounded
from pathways.previews.figures import APPEARS, EARLIER, LATER, VANISHES
from pathways.previews.models import Preview
from pathways.programmes.models import Office
from pathways.rules import COMPONENT_LABELS, DEADLINE_LABELS, OUTCOMES
from pathways.web.names import outcome_word

ORDER = (*OUTCOMES, "undecided")
CHANGES = {
    APPEARS: gettext_lazy("Appears"),
    VANISHES: gettext_lazy("Vanishes"),
    LATER: gettext_lazy("Moves to a later day"),
    EARLIER: gettext_lazy("Moves to an earlier day"),
}
REQUIREMENTS = {
    "required": gettext_lazy("required"),
    "offered": gettext_lazy("offered"),
    "none": gettext_lazy("not asked"),
    "undecided": gettext_lazy("not known"),
}


@dataclass(frozen=True)
class Figure:
    """A number of people as it is shown.

    `number` None: some, but too few to tell; in a table (`alone` False) it may also be one that would tell another.
    """

    number: int | None
    about: bool = False
    alone: bool = True

    def __str__(self) -> str:
        if self.number is None:
            return _("< %(least)d") % {"least": LEAST} if self.alone else _("hidden")
        shown = f"{self.number:,}".replace(",", "\u202f")
        return _("about %(number)s") % {"number": shown} if self.about else shown


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix. `kind`: same (unchanged), changed, top (the biggest change), none (nobody)."""

    was: str
    becomes: str
    figure: Figure
    kind: str


@dataclass(frozen=True)
class MatrixRow:
    """The people of one outcome now."""

    outcome: str
    cells: list[Cell]
    total: Figure

    @property
    def word(self) -> str:
        """The outcome in words."""
        return outcome_word(self.outcome)


@dataclass(frozen=True)
class Line:
    """One change with its number of people; `query` finds the cases."""

    label: str
    change: str
    figure: Figure
    query: str


@dataclass(frozen=True)
class OfficeLine:
    """What changes at one office; `exact`: the reader sees its cases."""

    office: Office | None
    exact: bool
    open: Figure
    outcome: Figure
    duties_new: Figure
    duties_gone: Figure
    deadlines: Figure
    listed: Figure


@dataclass
class PreviewFigures:
    """The figures of one preview for a reader who sees the cases of `seen` offices."""

    preview: Preview
    seen: Collection[int]
    counts: dict[tuple[str, str], int] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = {(was, becomes): number for was, becomes, number in self.preview.matrix}

    @cached_property
    def hide(self) -> bool:
        """Whether small groups are hidden: for all who do not see every case that is counted."""
        open_cases = self.preview.figures.get("open", [])
        return not open_cases or any(office not in self.seen for office, _number in open_cases)

    @cached_property
    def _shown(self) -> Any:
        present = [one for one in ORDER if any(one in pair for pair in self.counts)]
        table = {(was, becomes): self.counts.get((was, becomes), 0) for was in present for becomes in present}
        return disclose(table, hide=self.hide)

    @cached_property
    def outcomes(self) -> list[str]:
        """The outcomes that occur, in their usual order."""
        return list(self._shown.row_totals)

    @cached_property
    def outcome_words(self) -> list[str]:
        """The same in words."""
        return [outcome_word(code) for code in self.outcomes]

    @cached_property
    def matrix(self) -> list[MatrixRow]:
        """The transition matrix."""
        top = self._top
        return [
            MatrixRow(
                was,
                [self._cell(was, becomes, top) for becomes in self.outcomes],
                Figure(self._shown.row_totals[was], alone=False),
            )
            for was in self.outcomes
        ]

    @cached_property
    def column_totals(self) -> list[Figure]:
        """The people of each outcome then."""
        return [Figure(number, alone=False) for number in self._shown.column_totals.values()]

    @cached_property
    def total(self) -> Figure:
        """The open cases."""
        return Figure(self._shown.total, alone=False)

    @cached_property
    def hidden(self) -> bool:
        """Whether any figure of the matrix is hidden."""
        return bool(self._shown.hidden)

    @cached_property
    def changed(self) -> Figure:
        """How many people get another outcome: to tens where small groups are hidden."""
        number = sum(number for (was, becomes), number in self.counts.items() if was != becomes)
        shown = rounded(number, hide=self.hidden)
        return Figure(shown, about=self.hidden and bool(shown))

    @cached_property
    def nobody(self) -> bool:
        """Whether nobody's outcome changes."""
        return not any(number for (was, becomes), number in self.counts.items() if was != becomes)

    @cached_property
    def _top(self) -> tuple[str, str] | None:
        shown = {
            pair: number
            for pair, number in self._shown.cells.items()
            if pair[0] != pair[1] and number is not None and number > 0
        }
        return max(shown, key=lambda pair: shown[pair]) if shown else None

    @cached_property
    def biggest(self) -> Cell | None:
        """The biggest change that may be shown."""
        return self._cell(*self._top, self._top) if self._top else None

    def _cell(self, was: str, becomes: str, top: tuple[str, str] | None) -> Cell:
        number = self._shown.cells[was, becomes]
        kind = "none" if number == 0 else "same" if was == becomes else "top" if (was, becomes) == top else "changed"
        return Cell(was, becomes, Figure(number, alone=False), kind)

    @cached_property
    def flows(self) -> dict[str, Any]:
        """What the Sankey draws: outcomes and the flows that may be shown, smallest groups left out."""
        flows = [
            {
                "from": cell.was,
                "to": cell.becomes,
                "number": cell.figure.number,
                "kind": cell.kind,
                "said": str(cell.figure),
            }
            for row in self.matrix
            for cell in row.cells
            if cell.figure.number
        ]
        sides = {
            "now": [
                {"code": row.outcome, "label": outcome_word(row.outcome), "said": str(row.total)} for row in self.matrix
            ],
            "then": [
                {"code": code, "label": outcome_word(code), "said": str(figure)}
                for code, figure in zip(self.outcomes, self.column_totals, strict=True)
            ],
        }
        return {"flows": flows, **sides}

    # What follows: counted when the cases are listed

    def _changes(self, kind: str) -> Counter[tuple[str, str, str]]:
        found: Counter[tuple[str, str, str]] = Counter()
        for _office, which, code, was, becomes, number in self.preview.figures.get("changes", []):
            if which == kind:
                found[code, was, becomes] += number
        return found

    def _figure(self, number: int, *, exact: bool = False) -> Figure:
        hide = self.hide and not exact
        shown = rounded(number, hide=hide)
        return Figure(shown, about=hide and bool(shown))

    def deadlines(self, language: str) -> list[Line]:
        """Deadlines that appear, vanish or move."""
        return [
            Line(
                _label(DEADLINE_LABELS, code, language), str(CHANGES[change]), self._figure(number), f"deadline={code}"
            )
            for (code, change, _to), number in sorted(self._changes("deadline").items())
        ]

    def components(self, language: str) -> list[Line]:
        """Components whose requirement changes."""
        return [
            Line(
                _label(COMPONENT_LABELS, code, language),
                _("%(before)s → %(after)s") % {"before": REQUIREMENTS[was], "after": REQUIREMENTS[becomes]},
                self._figure(number),
                f"component={code}",
            )
            for (code, was, becomes), number in sorted(self._changes("component").items())
        ]

    def duties(self) -> list[Line]:
        """Duties that appear and vanish."""
        found = self._changes("outcome")
        new = sum(number for (_code, was, becomes), number in found.items() if becomes == "obliged" != was)
        gone = sum(number for (_code, was, becomes), number in found.items() if was == "obliged" != becomes)
        lines = ((new, CHANGES[APPEARS], "becomes=obliged"), (gone, CHANGES[VANISHES], "was=obliged"))
        return [
            Line(_("Duty to follow"), str(word), self._figure(number), query) for number, word, query in lines if number
        ]

    def offices(self) -> list[OfficeLine]:
        """What changes where, the offices with most changes first."""
        found: dict[int | None, Counter[str]] = defaultdict(Counter)
        for office, kind, _code, was, becomes, number in self.preview.figures.get("changes", []):
            found[office][kind] += number
            if kind == "outcome" and "obliged" in (was, becomes):
                found[office]["duties_new" if becomes == "obliged" else "duties_gone"] += number
        open_cases = dict(self.preview.figures.get("open", []))
        known = Office.objects.in_bulk([office for office in open_cases if office])
        order = sorted(
            open_cases, key=lambda office: (-found[office]["outcome"], -found[office]["listed"], str(office))
        )
        return [self._office(known.get(office or 0), office, found[office], open_cases[office]) for office in order]

    def _office(self, office: Office | None, number: int | None, found: Counter[str], opened: int) -> OfficeLine:
        exact = number in self.seen
        kinds: Iterable[str] = ("outcome", "duties_new", "duties_gone", "deadline", "listed")
        figures = [self._figure(found[kind], exact=exact) for kind in kinds]
        return OfficeLine(office, exact, self._figure(opened, exact=exact), *figures)


def _label(labels: Any, code: str, language: str) -> str:
    return str(labels[code].get(language) or labels[code]["en"])
