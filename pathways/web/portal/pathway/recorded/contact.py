"""What is recorded of the contact with the office: talks, papers, notes, messages, letters."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Note
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message
from pathways.meetings.models import Appointment, Assessment, PaperAsked
from pathways.notices.models import Letter
from pathways.web.portal.pathway.recorded.section import Section

SECTIONS: tuple[Section, ...] = (
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
)
