"""What is asked of the outcomes floor: certificates of a case, what a code proves, breach files with their clocks."""

from pathways.outcomes.queries.certificates import (
    CertificateState,
    Checked,
    certificate_of_code,
    certificate_state,
    certificates_of,
)

__all__ = [
    "CertificateState",
    "Checked",
    "certificate_of_code",
    "certificate_state",
    "certificates_of",
]
