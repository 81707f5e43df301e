"""Who may do what with a list."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.programmes.models import Office
from pathways.registrations.models import ListImport
from pathways.registrations.queries import offices_of


def can_upload_list(actor: User, on: dt.date, office: Office | None = None) -> bool:
    """Counselors and team leads upload lists for their own office."""
    offices = offices_of(actor, on=on)
    return offices.filter(pk=office.pk).exists() if office else offices.exists()


def can_view_list(actor: User, list_import: ListImport, on: dt.date) -> bool:
    """Counselors and team leads see the lists of their own office."""
    return ListImport.objects.visible_to(actor, on=on).filter(pk=list_import.pk).exists()


def can_start_list(actor: User, list_import: ListImport, on: dt.date) -> bool:
    """Whoever sees a list may start it, cancel it, and decide about its probable duplicates."""
    return can_view_list(actor, list_import, on)
