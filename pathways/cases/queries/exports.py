"""Exports that wait for a worker; the rows of an exported list in words: names of places and programmes, not codes."""

from __future__ import annotations

import datetime as dt

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import CaseExport
from pathways.cases.queries.lists import CaseRow
from pathways.documents.sheets import Row
from pathways.programmes.models import Municipality, Nationality
from pathways.rules import DEADLINE_LABELS, OUTCOME_TITLES, PROGRAMMES

STUCK_AFTER = dt.timedelta(minutes=2)
"""Without a sign of life for so long, the worker was killed or its message lost."""
HEADINGS = (
    _("Reference"),
    _("Last name"),
    _("First names"),
    _("Birth date"),
    _("Contact language"),
    _("Municipality"),
    _("NIS code"),
    _("Nationality"),
    _("Programme"),
    _("Office"),
    _("Counselor"),
    _("Outcome"),
    _("Stage"),
    _("Next term"),
    _("Due on"),
    _("Opened"),
    _("Invitation sent"),
    _("Closed"),
)


class ExportWords:
    """Words in one language; the names of places and nationalities are read once, with two queries."""

    def __init__(self, language: str) -> None:
        """`language` is one of the interface's."""
        self.language = language
        own = language in ("nl", "fr", "de")
        place, people = (f"name_{language}", f"name_{language}") if own else ("name_nl", "name_en")
        self.places = dict(Municipality.objects.values_list("nis_code", place))
        self.nationalities = dict(Nationality.objects.values_list("code", people))

    def row(self, case: CaseRow) -> Row:
        """One line, in the order of HEADINGS."""
        return (
            case.reference,
            case.last_name,
            case.first_names,
            case.birth_date,
            case.contact_language,
            self.places.get(case.municipality or "", case.municipality),
            case.municipality,
            self.nationalities.get(case.nationality or "", case.nationality),
            PROGRAMMES[case.programme].titles[self.language] if case.programme else None,
            case.office,
            case.counselor,
            self._outcome(case.outcome),
            str(case.stage.label),
            DEADLINE_LABELS[case.next_due][self.language] if case.next_due else None,
            case.next_due_on,
            case.opened_on,
            case.invited_on,
            case.closed_on,
        )

    def _outcome(self, code: str | None) -> str | None:
        if code is None:
            return None
        titles = OUTCOME_TITLES.get(code)
        return titles[self.language] if titles else str(_("Not yet known"))


def stuck_exports(*, at: dt.datetime) -> list[int]:
    """The numbers of exports under way that nobody seems to write at `at`, the oldest first."""
    under_way = CaseExport.objects.filter(state__in=[CaseExport.State.WAITING, CaseExport.State.RUNNING])
    silent = under_way.alias(sign=Coalesce("heartbeat_at", "requested_at")).filter(sign__lt=at - STUCK_AFTER)
    return list(silent.order_by("pk").values_list("pk", flat=True))
