"""What is asked of attendance: progress, the register of a class, months of a person, who is at risk."""

from pathways.attendance.queries.progress import (
    CaseProgress,
    Progress,
    progress_facts,
    progress_of,
    progress_of_case,
)

__all__ = ["CaseProgress", "Progress", "progress_facts", "progress_of", "progress_of_case"]
