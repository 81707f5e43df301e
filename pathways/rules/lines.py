"""The fixed lists of the domain: lines, programmes, outcomes, components, deadlines (`docs/rule-set-format.md`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pathways.rules.texts import texts

LINES = ("FL", "BX", "WA", "DG")
LINE_TITLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "FL": texts("Flanders", "Vlaanderen", "Flandre", "Flandern"),
        "BX": texts("Brussels", "Brussel", "Bruxelles", "Brüssel"),
        "WA": texts("Wallonia", "Wallonië", "Wallonie", "Wallonien"),
        "DG": texts(
            "German-speaking Community",
            "Duitstalige Gemeenschap",
            "Communauté germanophone",
            "Deutschsprachige Gemeinschaft",
        ),
    }
)

# The order is fixed: it is the order of the bits in stored decisions.
OUTCOMES = ("obliged", "entitled", "exempt", "postponed", "not_targeted")
OUTCOME_TITLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "obliged": texts("Obliged", "Verplicht", "Obligé", "Verpflichtet"),
        "entitled": texts("Entitled", "Rechthebbend", "Volontaire", "Freiwillig"),
        "exempt": texts("Exempt", "Vrijgesteld", "Dispensé", "Befreit"),
        "postponed": texts("Postponed", "Uitgesteld", "Reporté", "Aufgeschoben"),
        "not_targeted": texts(
            "Not in the target group",
            "Niet in de doelgroep",
            "Hors du public cible",
            "Nicht in der Zielgruppe",
        ),
        "undecided": texts("Not yet known", "Nog niet bekend", "Pas encore connu", "Noch nicht bekannt"),
    }
)

# The order is fixed: two bits per component in stored decisions.
COMPONENT_CODES = (
    "first_contact",
    "social_assessment",
    "rights_and_duties",
    "contract",
    "language",
    "social_orientation",
    "career_orientation",
    "participation",
)
COMPONENT_KINDS = ("contact", "assessment", "course", "test", "act")
REQUIREMENTS = ("none", "required", "offered", "undecided")
DEADLINE_CODES = ("first_contact", "contract", "completion", "language_followup")
CONFIDENCES = ("verified", "seed", "recalled", "inference", "not_found")


@dataclass(frozen=True, slots=True)
class Programme:
    """A pathway scheme: the line that decides the duty and the line that gives the trajectory."""

    code: str
    region: str
    duty_line: str
    trajectory_line: str
    titles: Mapping[str, str]


PROGRAMMES: Mapping[str, Programme] = MappingProxyType(
    {
        programme.code: programme
        for programme in (
            Programme(
                "flanders-inburgering",
                "flanders",
                "FL",
                "FL",
                texts(
                    "Civic integration (Flanders)",
                    "Inburgering (Vlaanderen)",
                    "Intégration civique (Flandre)",
                    "Integration (Flandern)",
                ),
            ),
            Programme(
                "brussels-inburgering",
                "brussels",
                "BX",
                "FL",
                texts(
                    "Dutch-language pathway (Brussels, bon)",
                    "Inburgering (Brussel, bon)",
                    "Parcours néerlandophone (Bruxelles, bon)",
                    "Niederländischsprachiger Parcours (Brüssel, bon)",
                ),
            ),
            Programme(
                "brussels-parcours",
                "brussels",
                "BX",
                "BX",
                texts(
                    "Reception pathway (Brussels, BAPA)",
                    "Onthaaltraject (Brussel, BAPA)",
                    "Parcours d'accueil (Bruxelles, BAPA)",
                    "Aufnahmeparcours (Brüssel, BAPA)",
                ),
            ),
            Programme(
                "wallonia-parcours",
                "wallonia",
                "WA",
                "WA",
                texts(
                    "Integration pathway (Wallonia)",
                    "Integratietraject (Wallonië)",
                    "Parcours d'intégration (Wallonie)",
                    "Integrationsparcours (Wallonien)",
                ),
            ),
            Programme(
                "german-community-parcours",
                "german_community",
                "DG",
                "DG",
                texts(
                    "Integration pathway (German-speaking Community)",
                    "Integratietraject (Duitstalige Gemeenschap)",
                    "Parcours d'intégration (Communauté germanophone)",
                    "Integrationsparcours (Deutschsprachige Gemeinschaft)",
                ),
            ),
        )
    }
)
