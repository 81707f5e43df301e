"""What a fact is: a typed statement about a person that a rule may use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pathways.rules.texts import texts

FactType = Literal["bool", "int", "date", "code", "choice", "level", "decimal"]
FactGroup = Literal[
    "identity", "residence", "permit", "asylum", "work_study", "language", "exemption", "acts", "progress", "own"
]
Unit = Literal["", "years", "months", "minutes", "days", "share"]

Recorder = Literal["counselor", "team_lead"]
RECORDERS: tuple[Recorder, ...] = ("counselor", "team_lead")
"""Who may record an own fact: everybody who works on the case, or its team leads alone."""

LEVELS = ("none", "A1", "A2", "B1", "B2", "C1", "C2")

GROUP_LABELS: Mapping[str, Mapping[str, str]] = {
    "identity": texts("Identity", "Identiteit", "Identité", "Identität"),
    "residence": texts("Residence", "Verblijf", "Résidence", "Aufenthalt"),
    "permit": texts("Residence permit", "Verblijfstitel", "Titre de séjour", "Aufenthaltstitel"),
    "asylum": texts("Asylum", "Asiel", "Asile", "Asyl"),
    "work_study": texts("Work and study", "Werk en studie", "Travail et études", "Arbeit und Studium"),
    "language": texts("Language", "Taal", "Langue", "Sprache"),
    "exemption": texts("Grounds for exemption", "Gronden voor vrijstelling", "Motifs de dispense", "Befreiungsgründe"),
    "acts": texts("Acts in the file", "Handelingen in het dossier", "Actes du dossier", "Vorgänge in der Akte"),
    "progress": texts("Progress", "Voortgang", "Progression", "Fortschritt"),
    "own": texts("Facts added here", "Hier toegevoegde feiten", "Faits ajoutés ici", "Hier hinzugefügte Fakten"),
}


@dataclass(frozen=True, eq=False)
class Fact:
    """One entry of the catalogue.

    `blank` tells what an empty value means: `unknown`, or `default` (then `default` holds; for dates None = it never
    happened: every comparison with it is false, only `!=` is true). `choices` are the codes of a choice or level;
    `code_table` names the reference table of a free code. A derived fact has `sources`, the stored facts it comes from;
    `stored` tells whether there is a column for it. `unit` is the unit of a number. A fact that is not `recordable` is
    set by the software's own acts alone: no form and no list offers it. `recorded_by` limits who may record an own fact.
    """

    name: str
    type: FactType
    group: FactGroup
    labels: Mapping[str, str]
    blank: Literal["unknown", "default"] = "unknown"
    default: bool | int | str | None = None
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    code_table: str = ""
    derived: bool = False
    stored: bool = True
    sources: tuple[str, ...] = ()
    unit: Unit = ""
    recordable: bool = True
    recorded_by: Recorder = "counselor"

    @property
    def own(self) -> bool:
        """Whether an administrator added it: it is kept in the column `own` and known by its rule sets alone."""
        return self.group == "own"

    @property
    def ordered(self) -> bool:
        """Whether `<` and its kin make sense."""
        return self.type in ("int", "date", "level", "decimal")

    def comparable_with(self, other: "Fact") -> bool:
        """Whether two facts may stand in one comparison: same type and, for codes, same list."""
        return (self.type, self.choices, self.code_table) == (other.type, other.choices, other.code_table)

    def __repr__(self) -> str:
        return f"<Fact {self.name}>"


def fact(name: str, type_: FactType, group: FactGroup, labels: Mapping[str, str], **more: Any) -> Fact:
    """A fact whose `choices` follow from its choice labels."""
    if "choice_labels" in more:
        more.setdefault("choices", tuple(more["choice_labels"]))
    return Fact(name=name, type=type_, group=group, labels=labels, **more)
