"""What is recorded of a person and their file: who they are, facts, decisions, requests, the contract."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pathways.agreements.models import ContractItem, ContractVersion, Signature
from pathways.cases.models import Case, DecisionRecord, FactChange
from pathways.duties.models import GroundRequest, TermEntry
from pathways.people.models import Person
from pathways.web.portal.pathway.recorded.section import Section

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
)
