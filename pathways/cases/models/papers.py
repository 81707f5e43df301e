"""What the office keeps beside a case: notes, papers, views of the list."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models.cases import Case
from pathways.documents.models import Document


class Note(models.Model):
    """A counselor's note on a case: what was said or done, on which day."""

    class Kind(models.TextChoices):
        """How the contact took place."""

        NOTE = "note", _("Note")
        CALL = "call", _("Phone call")
        VISIT = "visit", _("Visit")
        MAIL = "mail", _("Mail or message")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes", db_index=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NOTE)
    text = models.TextField(_("text"), max_length=4000)
    on = models.DateField(_("day"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-on", "-id"], name="note_case")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="note_text_given")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"


class CaseDocument(models.Model):
    """A paper of a case and what it is."""

    class Kind(models.TextChoices):
        """What the paper is for."""

        INVITATION = "invitation", _("Invitation")
        EVIDENCE = "evidence", _("Evidence")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="case_document")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["invitation", "evidence"]), name="case_document_kind")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"


class SavedView(models.Model):
    """A user's named filter of the case list: the query string of the list page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_view_name_once",
                violation_error_message=_("You already have a view with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
