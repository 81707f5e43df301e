"""The tables of what a pathway ends in: certificates with their proof, and breach files with their steps."""

from pathways.outcomes.models.answers import BreachAnswer, BreachAnswerPaper
from pathways.outcomes.models.breaches import BreachFile, BreachFileQuerySet, BreachStep, BreachTerm, CloseReason, Duty
from pathways.outcomes.models.certificates import Certificate, CertificateSeries, Kind, Proof, Readiness
from pathways.outcomes.models.dismissals import BreachDismissal

__all__ = [
    "BreachAnswer",
    "BreachAnswerPaper",
    "BreachDismissal",
    "BreachFile",
    "BreachFileQuerySet",
    "BreachStep",
    "BreachTerm",
    "Certificate",
    "CertificateSeries",
    "CloseReason",
    "Duty",
    "Kind",
    "Proof",
    "Readiness",
]
