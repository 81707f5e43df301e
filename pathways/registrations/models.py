"""A municipality's list and its rows. A row keeps what the file said, what was read from it, and what became of it.

The state of a row changes in the transaction that creates or updates its person: a worker that is killed loses nothing
and doubles nothing, it goes on behind `cursor`.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.people.models import Person
from pathways.programmes.models import Office

if TYPE_CHECKING:
    from accounts.models import User


class ListImportQuerySet(models.QuerySet["ListImport"]):
    """Lists by who may see them and by what is under way."""

    def visible_to(self, actor: User, *, on: dt.date) -> Self:
        """Lists of the offices in which `actor` is counselor or team lead on day `on`."""
        held = actor.memberships.held_on(on).filter(role__in=["counselor", "team_lead"])
        return self.filter(office__organisation__in=held.values("organisation"))

    def under_way(self) -> Self:
        """Lists that a worker is reading or importing, or should be."""
        return self.filter(state__in=[ListImport.State.UPLOADED, ListImport.State.RUNNING])


class ListImport(models.Model):
    """One list, from upload to report."""

    class State(models.TextChoices):
        """Life of a list; uploaded means that it is being checked."""

        UPLOADED = "uploaded", _("Being checked")
        CHECKED = "checked", _("Checked, not started")
        RUNNING = "running", _("Being imported")
        FINISHED = "finished", _("Imported")
        FAILED = "failed", _("Stopped by an error")
        CANCELLED = "cancelled", _("Cancelled")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, related_name="lists")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    own_area_only = models.BooleanField(default=True, help_text="Refuse municipalities of other regions.")
    on = models.DateField(_("day of the list"))
    file_name = models.CharField(_("file"), max_length=160)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True, help_text="The file, until its rows have been read.")
    kind = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    headings = models.JSONField(
        default=list, help_text="As in the file: [{heading, column}], column null where ignored."
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    failure = models.JSONField(
        null=True, blank=True, help_text="Why the whole list was refused or stopped: {code, params}."
    )
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    cursor = models.PositiveIntegerField(default=0, help_text="Number of the last row dealt with by the import.")
    expected = models.JSONField(default=dict, help_text="What the dry run foresees: rows per state.")
    counts = models.JSONField(default=dict, help_text="What became of the rows so far: rows per state.")
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now(), editable=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True, help_text="Last sign of life of the worker.")

    objects = ListImportQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["office", "-id"], name="list_import_office")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "checked", "running", "finished", "failed", "cancelled"]),
                name="list_import_state",
            ),
            models.CheckConstraint(condition=Q(kind__in=["csv", "xlsx"]), name="list_import_kind"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ListRow(models.Model):
    """One row. `values` are what was read: `{column: value}`, blank cells left out; `fingerprint` is their hash."""

    class State(models.TextChoices):
        """What became of a row."""

        PENDING = "pending", _("To be imported")
        CREATED = "created", _("New person")
        UPDATED = "updated", _("Updated")
        UNCHANGED = "unchanged", _("Unchanged")
        REFUSED = "refused", _("Refused")
        DUPLICATE = "duplicate", _("Perhaps already known")

    class Decision(models.TextChoices):
        """What a person said about a probable duplicate."""

        SAME = "same", _("Same person")
        DIFFERENT = "different", _("Another person")

    # Rows come by the 100,000, under the lock of a list that nobody deletes, and tell of people and cases that were
    # written in the same transaction. Their keys have no constraint in the database: it would look each of them up again.
    list_import = models.ForeignKey(
        ListImport, on_delete=models.CASCADE, related_name="rows", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField(help_text="Row in the file; the headings are row 1.")
    raw = models.JSONField(help_text="The cells as written, in the order of the file.")
    values = models.JSONField()
    national_number = models.CharField(max_length=11, null=True, blank=True)
    names = ArrayField(
        models.TextField(), default=list, help_text="Folded names to compare with those known, the person's own first."
    )
    fingerprint = models.UUIDField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    problems = models.JSONField(default=list, help_text="[{column, code, params}]")
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False, db_constraint=False
    )
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        """A row stands once in its list."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_import", "number"], name="list_row_once"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "created", "updated", "unchanged", "refused", "duplicate"]),
                name="list_row_state",
            ),
            models.CheckConstraint(condition=Q(decision__in=["", "same", "different"]), name="list_row_decision"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["list_import", "state", "number"],
                name="list_row_attention",
                condition=Q(state__in=["refused", "duplicate"]),
            ),
            models.Index(fields=["person", "-id"], name="list_row_person", condition=Q(person__isnull=False)),
            models.Index(fields=["case"], name="list_row_case", condition=Q(case__isnull=False)),
            models.Index(
                fields=["fingerprint"],
                name="list_row_fingerprint",
                condition=Q(person__isnull=False, national_number__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_import_id}: {self.number}"
