"""Progress facts, by dotted name: what `met_when`, `issued_when` and breach conditions may use."""

from collections.abc import Iterator, Mapping

from pathways.rules.catalogue.choices import LEVEL_LABELS
from pathways.rules.catalogue.fact import LEVELS, Fact, fact
from pathways.rules.lines import COMPONENT_CODES, DEADLINE_CODES
from pathways.rules.texts import joined, texts

COMPONENT_LABELS: Mapping[str, Mapping[str, str]] = {
    "first_contact": texts("First contact", "Eerste contact", "Premier accueil", "Erstempfang"),
    "social_assessment": texts("Social assessment", "Sociale balans", "Bilan social", "Sozialbilanz"),
    "rights_and_duties": texts("Rights and duties", "Rechten en plichten", "Droits et devoirs", "Rechte und Pflichten"),
    "contract": texts("Contract", "Contract", "Convention", "Vereinbarung"),
    "language": texts("Language", "Taal", "Langue", "Sprache"),
    "social_orientation": texts(
        "Social orientation", "Maatschappelijke oriëntatie", "Citoyenneté", "Gesellschaftliche Orientierung"
    ),
    "career_orientation": texts(
        "Career orientation", "Loopbaanoriëntatie", "Orientation socioprofessionnelle", "Berufliche Orientierung"
    ),
    "participation": texts("Participation", "Participatie", "Participation", "Teilhabe"),
    "overall": texts("Whole pathway", "Hele traject", "Parcours entier", "Gesamter Parcours"),
}
DEADLINE_LABELS: Mapping[str, Mapping[str, str]] = {
    "first_contact": texts("First contact", "Eerste contact", "Premier accueil", "Erstempfang"),
    "contract": texts("Contract", "Contract", "Convention", "Vereinbarung"),
    "completion": texts("Completion", "Voltooiing", "Achèvement", "Abschluss"),
    "language_followup": texts("Language follow-up", "Taalopvolging", "Suivi linguistique", "Sprachliche Nachfolge"),
}
MEASURES = {
    "planned_minutes": texts("planned time", "geplande tijd", "temps prévu", "geplante Zeit"),
    "attended_minutes": texts("attended time", "gevolgde tijd", "temps suivi", "besuchte Zeit"),
    "excused_minutes": texts(
        "excused absence", "gewettigde afwezigheid", "absence justifiée", "entschuldigte Abwesenheit"
    ),
    "attendance_ratio": texts("attendance", "aanwezigheid", "assiduité", "Anwesenheit"),
    "level_reached": texts("level reached", "bereikt niveau", "niveau atteint", "erreichtes Niveau"),
    "test_passed": texts("test passed", "test geslaagd", "test réussi", "Test bestanden"),
}
BOTH = texts("{a}, {b}", "{a}, {b}", "{a}, {b}", "{a}, {b}")
OVERDUE = texts("days overdue", "dagen te laat", "jours de retard", "Tage überfällig")


def _labels(subject: Mapping[str, str], measure: Mapping[str, str]) -> Mapping[str, str]:
    return joined(BOTH, a=subject, b=measure)


def _measure(prefix: str, name: str) -> Fact:
    dotted, labels = f"{prefix}.{name}", _labels(COMPONENT_LABELS[prefix], MEASURES[name])
    if name == "attendance_ratio":
        sources = (f"{prefix}.attended_minutes", f"{prefix}.planned_minutes")
        return fact(dotted, "decimal", "progress", labels, unit="share", sources=sources)
    if name == "level_reached":
        return fact(dotted, "level", "progress", labels, choice_labels=LEVEL_LABELS, choices=LEVELS)
    if name == "test_passed":
        return fact(dotted, "bool", "progress", labels, blank="default", default=False)
    return fact(dotted, "int", "progress", labels, unit="minutes")


def _facts() -> Iterator[Fact]:
    for prefix in (*COMPONENT_CODES, "overall"):
        for name in MEASURES:
            yield _measure(prefix, name)
    for code in DEADLINE_CODES:
        labels = _labels(DEADLINE_LABELS[code], OVERDUE)
        yield fact(f"{code}.days_overdue", "int", "progress", labels, blank="default", default=0, unit="days")


ALL: tuple[Fact, ...] = tuple(_facts())
