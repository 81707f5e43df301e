"""Everything recorded about a person, table by table: the one list from which page, JSON and PDF are made.

A table that leads to a person is a section here, or among those left out with the reason: a test walks all tables and asks.
Names of staff are never among the columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from pathways.access.models import AccessCode
from pathways.agreements.models import ContractItem, ContractVersion, Signature
from pathways.attendance.models import AbsenceReport, Correction, Presence, Result
from pathways.cases.models import Case, DecisionRecord, FactChange, Note
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message
from pathways.courses.models import CourseWish, Enrolment
from pathways.duties.models import GroundRequest, TermEntry
from pathways.meetings.models import Appointment, Assessment, PaperAsked
from pathways.moves.models import Move, ProgrammeChange, Recognition
from pathways.notices.models import Letter
from pathways.outcomes.models import BreachAnswer, BreachDismissal, BreachFile, BreachStep, Certificate
from pathways.people.models import Person
from pathways.web.portal.pathway.shelves import cases_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `path` leads from it to the case ("" for the person themselves); `hidden` are columns that word others."""

    code: str
    title: _StrPromise
    model: type[Model]
    path: str
    columns: tuple[str, ...]
    order: str = "-pk"
    shown: Q = field(default_factory=Q)
    hidden: tuple[str, ...] = ()

    def rows(self, person: Person) -> list[Row]:
        """The rows of this person. One query."""
        if self.path == "":
            found = self.model._default_manager.filter(pk=person.pk)
        elif self.path == "person":
            found = self.model._default_manager.filter(person=person)
        elif self.path == "case_reference":
            found = self.model._default_manager.filter(case_reference__in=cases_of(person).values("reference"))
        else:
            found = self.model._default_manager.filter(**{f"{self.path}__in": cases_of(person).values("pk")})
        return list(found.filter(self.shown).order_by(self.order).values(*self.columns, *self.hidden))


SECTIONS: tuple[Section, ...] = (
    Section(
        "identity",
        _("Who you are"),
        Person,
        "",
        (
            "last_name",
            "first_names",
            "birth_date",
            "sex",
            "national_number",
            "contact_language",
            "email",
            "phone",
            "street",
            "postal_code",
            "city",
        ),
    ),
    Section(
        "cases",
        _("Your file"),
        Case,
        "person",
        ("reference", "region", "programme", "office__name", "opened_on", "invited_on", "closed_on", "close_reason"),
    ),
    Section(
        "facts",
        _("What we know about you"),
        FactChange,
        "case",
        ("on", "changes", "source", "evidence", "valid_since"),
    ),
    Section("decisions", _("What we decided"), DecisionRecord, "case", ("on", "outcome", "obliged_since", "missing")),
    Section(
        "requests",
        _("What you asked for"),
        GroundRequest,
        "case",
        ("kind", "ground", "state", "period", "explanation", "requested_on", "decided_on", "reason"),
        hidden=("rule_set",),
    ),
    Section("terms", _("Changes of your deadlines"), TermEntry, "case", ("on", "code", "kind", "days", "reason")),
    Section(
        "contracts",
        _("Your contract"),
        ContractVersion,
        "contract__case",
        ("number", "state", "starts_on", "ends_on", "offered_on", "signed_on", "reason", "end_reason"),
        shown=~Q(state="draft"),
    ),
    Section(
        "contract_parts",
        _("What your contract says"),
        ContractItem,
        "version__contract__case",
        ("component", "how", "hours", "level", "language", "goal", "starts_on", "ends_on", "evidence", "reason"),
        shown=~Q(version__state="draft"),
    ),
    Section("signatures", _("Who signed"), Signature, "version__contract__case", ("on", "party", "method"), "pk"),
    Section(
        "courses",
        _("Your courses"),
        Enrolment,
        "case",
        (
            "course__title",
            "state",
            "starts_on",
            "trial_until",
            "offered_on",
            "offered_until",
            "ended_on",
            "end_reason",
            "needs_childcare",
            "needs_transport",
            "needs_evening",
        ),
    ),
    Section(
        "wishes",
        _("Courses you wish for"),
        CourseWish,
        "case",
        ("said_on", "component", "note", "answer", "answered_on"),
    ),
    Section(
        "lessons",
        _("Your lessons"),
        Presence,
        "enrolment__case",
        (
            "session__starts_at",
            "session__course__title",
            "state",
            "minutes_planned",
            "minutes_attended",
            "minutes_late",
            "reason",
        ),
        "-session__starts_at",
    ),
    Section(
        "absences",
        _("Lessons you could not come to"),
        AbsenceReport,
        "case",
        ("first_on", "last_on", "reason", "explanation", "state", "reported_on", "decided_on", "decision_reason"),
    ),
    Section(
        "corrections",
        _("Corrections of your lessons"),
        Correction,
        "case",
        ("presence__session__starts_at", "state", "reason", "requested_on", "decided_on"),
    ),
    Section(
        "results",
        _("Your results"),
        Result,
        "enrolment__case",
        ("on", "enrolment__course__title", "kind", "level", "passed"),
    ),
    Section(
        "certificates",
        _("Your certificates"),
        Certificate,
        "case",
        ("number", "kind", "state", "issued_on", "ended_on", "end_reason"),
    ),
    Section(
        "talks",
        _("Your talks"),
        Appointment,
        "case",
        ("starts_at", "kind", "state", "place", "interpreter_language", "reason"),
        "-starts_at",
    ),
    Section("answers", _("What you said in talks"), Assessment, "case", ("on", "kind", "state", "data")),
    Section(
        "papers_asked",
        _("Papers that we asked for"),
        PaperAsked,
        "case",
        ("code", "note", "state", "asked_on", "due_on", "received_on", "expires_on"),
        hidden=("case",),
    ),
    Section("notes", _("Notes of your office"), Note, "case", ("on", "kind", "text")),
    Section("messages", _("Messages"), Message, "case", ("written_at", "side", "language", "text")),
    Section(
        "reports",
        _("Changes that you told us"),
        ChangeReport,
        "case",
        ("asked_on", "kind", "values", "since", "text", "state", "decided_on", "reason"),
    ),
    Section(
        "wrong",
        _("What you said is wrong"),
        CorrectionRequest,
        "case",
        ("asked_on", "about", "code", "text", "state", "decided_on", "reason"),
    ),
    Section(
        "letters",
        _("Letters to you"),
        Letter,
        "case_reference",
        ("title", "sent_on"),
        shown=Q(state="sent"),
    ),
    Section(
        "breaches",
        _("Files about a duty"),
        BreachFile,
        "case",
        ("opened_on", "duty", "state", "grounds", "amount", "decided_on", "closed_on", "close_reason"),
    ),
    Section(
        "breach_steps",
        _("Steps in the file about a duty"),
        BreachStep,
        "file__case",
        ("on", "act", "reason", "amount", "starts_on", "ends_on"),
    ),
    Section("breach_answers", _("Your answers about a duty"), BreachAnswer, "file__case", ("on", "kind", "text")),
    Section("no_breaches", _("Notes of your office"), BreachDismissal, "case", ("on", "duty", "reason")),
    Section(
        "moves",
        _("Your moves"),
        Move,
        "case_from",
        ("moved_on", "from_region", "to_region", "street", "postal_code", "city", "state", "consent"),
    ),
    Section(
        "recognitions",
        _("What your new office takes over"),
        Recognition,
        "move__case_from",
        ("component", "level", "match", "accepted", "reason"),
    ),
    Section(
        "programmes",
        _("Changes of programme"),
        ProgrammeChange,
        "case",
        ("on", "from_programme", "to_programme", "reason"),
    ),
    Section(
        "codes", _("Codes for signing in"), AccessCode, "person", ("issued_on", "expires_at", "used_at", "revoked_at")
    ),
)

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
