"""A list of cases asked for as a file: who asked for what, how far it is, and the file until it expires."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class CaseExport(models.Model):
    """An export of the case list. `query` is the list's query string; rows are chosen when it runs."""

    class Kind(models.TextChoices):
        """The format of the file."""

        XLSX = "xlsx", _("Excel workbook (XLSX)")
        CSV = "csv", _("CSV, separated by semicolons")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being written")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")
        EXPIRED = "expired", _("Expired")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_exports")
    query = models.CharField(max_length=1000, blank=True)
    kind = models.CharField(max_length=4, choices=Kind)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often a worker began to write it.")
    heartbeat_at = models.DateTimeField(null=True, blank=True, help_text="Last sign of life of the worker.")
    document = models.OneToOneField(
        "documents.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="case_export"
    )
    on = models.DateField()
    requested_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["-requested_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["xlsx", "csv"]), name="case_export_kind"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed", "expired"]), name="case_export_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(document__isnull=False), name="case_export_done_has_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requested_by_id}: {self.kind}, {self.state}"

    @property
    def under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
