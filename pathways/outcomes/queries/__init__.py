"""What is asked of the outcomes floor: certificates of a case, what a code proves, breach files with their clocks."""

from pathways.outcomes.queries.breaches import (
    FileState,
    answers_of,
    earlier_fines,
    file_state,
    files_of,
    procedure_of_file,
)
from pathways.outcomes.queries.certificates import (
    CertificateState,
    Checked,
    certificate_of_code,
    certificate_state,
    certificates_of,
)
from pathways.outcomes.queries.duties import cases_failing, dismissals_of, failed_duties

__all__ = [
    "CertificateState",
    "Checked",
    "FileState",
    "answers_of",
    "cases_failing",
    "certificate_of_code",
    "certificate_state",
    "certificates_of",
    "dismissals_of",
    "earlier_fines",
    "failed_duties",
    "file_state",
    "files_of",
    "procedure_of_file",
]
