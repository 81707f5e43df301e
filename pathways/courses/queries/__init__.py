"""The reads of this floor: lists of offers, one course, what fits a case, who teaches what."""

from __future__ import annotations

from pathways.courses.queries.clashes import Clash, clashing_courses, first_clash
from pathways.courses.queries.matching import Match, Reason, matching_by_component, matching_offers
from pathways.courses.queries.needed import components_to_follow, required_by
from pathways.courses.queries.offers import (
    FEATURES,
    CourseFilters,
    NeedsSum,
    course_list,
    courses_of,
    enrolments_of_case,
    needs_of,
    participants_of,
    sessions_of,
    sum_needs,
    with_places,
)

__all__ = [
    "FEATURES",
    "Clash",
    "CourseFilters",
    "Match",
    "NeedsSum",
    "Reason",
    "clashing_courses",
    "components_to_follow",
    "course_list",
    "courses_of",
    "enrolments_of_case",
    "first_clash",
    "matching_by_component",
    "matching_offers",
    "needs_of",
    "participants_of",
    "required_by",
    "sessions_of",
    "sum_needs",
    "with_places",
]
