"""What is recorded of procedures: files about a duty, moves, changes of programme, codes for signing in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pathways.access.models import AccessCode
from pathways.moves.models import Move, ProgrammeChange, Recognition
from pathways.outcomes.models import BreachAnswer, BreachDismissal, BreachFile, BreachStep
from pathways.web.portal.pathway.recorded.section import Section

SECTIONS: tuple[Section, ...] = (
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
