"""Everything recorded about a person, table by table: the one list from which page, JSON and PDF are made.

A table that leads to a person is a section here, or among those left out with the reason: a test walks all tables and asks.
Names of staff are never among the columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathways.people.models import Person
from pathways.web.portal.pathway.recorded import contact, lessons, own_file, procedures
from pathways.web.portal.pathway.recorded.section import Row, Section

__all__ = ["LEFT_OUT", "SECTIONS", "Row", "Section", "recorded"]

SECTIONS: tuple[Section, ...] = (*own_file.SECTIONS, *lessons.SECTIONS, *contact.SECTIONS, *procedures.SECTIONS)

LEFT_OUT = {
    "cases.Facts": "The facts as they stand are the sum of their changes, which are shown.",
    "cases.Decision": "The decision in force is the last of those shown.",
    "cases.SearchWord": "Name and number again, folded for searching.",
    "cases.CaseDocument": "Shown among the papers.",
    "duties.GroundEvidence": "Shown among the papers.",
    "agreements.Contract": "The frame of the versions, which are shown.",
    "attendance.AbsencePaper": "Shown among the papers.",
    "attendance.Outlook": "Counted from the lessons, which are shown.",
    "attendance.FollowedEnrolment": "The enrolment itself, seen by a trigger.",
    "meetings.FollowUp": "When a talk is due; the talk itself is shown.",
    "outcomes.BreachTerm": "The length of a term; its days stand with the step.",
    "outcomes.BreachAnswerPaper": "Shown among the papers.",
    "outcomes.Proof": "What a certificate rests on: facts and lessons, which are shown.",
    "outcomes.Readiness": "Counted from lessons and facts, which are shown.",
    "correspondence.CorrectionPaper": "Shown among the papers.",
    "correspondence.ChangePaper": "Shown among the papers.",
    "correspondence.MessagePaper": "Shown among the papers.",
    "correspondence.MessageTranslation": "A machine's version of a message, whose original is shown.",
    "access.SignInCode": "A code for the next minutes.",
    "registrations.ListRow": "A line of a list of many people, taken over into the facts, which are shown.",
    "publishing.FollowingCase": "Who is to follow a new version of the rules; the decision it leads to is shown.",
    "previews.PreviewCase": "What a draft of rules would do; thrown away with it, decides nothing.",
}
"""Tables that lead to a person and are no section, each with the reason."""


def recorded(person: Person) -> Iterator[tuple[Section, list[Row]]]:
    """Every section with its rows. One query each."""
    for section in SECTIONS:
        yield section, section.rows(person)
