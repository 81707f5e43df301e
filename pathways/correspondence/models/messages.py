"""What newcomer and office write to each other. A text stays as it was written, in the language it was written in."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.correspondence.models.asking import ChangeReport, CorrectionRequest
from pathways.documents.models import Document


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by side, and by what is still to be done with them."""

    def of_person(self) -> Self:
        """Written by the newcomer."""
        return self.filter(side="person")

    def of_office(self) -> Self:
        """Written by the office."""
        return self.filter(side="office")

    def to_answer(self) -> Self:
        """Written by the newcomer, and the office has neither answered nor said that no answer is needed."""
        return self.of_person().filter(settled_on__isnull=True)

    def unread(self) -> Self:
        """The other side has not seen it."""
        return self.filter(read_at__isnull=True)


class Message(models.Model):
    """One message of a case. One that answers a request carries it, and may then have no text of its own."""

    class Side(models.TextChoices):
        """Who writes."""

        PERSON = "person", _("Newcomer")
        OFFICE = "office", _("Office")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages", db_index=False)
    side = models.CharField(max_length=6, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    author_role = models.CharField(max_length=30)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    correction = models.ForeignKey(
        CorrectionRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="answers", db_index=False
    )
    change = models.ForeignKey(
        ChangeReport, on_delete=models.PROTECT, null=True, blank=True, related_name="answers", db_index=False
    )
    written_on = models.DateField()
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    told_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="message_case"),
            models.Index(
                fields=["case", "written_on"], name="message_to_answer", condition=Q(side="person", settled_on=None)
            ),
            models.Index(fields=["case"], name="message_unread", condition=Q(side="office", read_at=None)),
            models.Index(fields=["written_at"], name="message_to_tell", condition=Q(side="office", told_at=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(side__in=["person", "office"]), name="message_side"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(correction__isnull=False) | Q(change__isnull=False),
                name="message_text_given",
                violation_error_message=_("A message needs a text."),
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(side="person"), name="message_settled_is_of_person"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="message_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="message_as_written",
                exclude=["read_at", "read_by", "settled_on", "settled_by", "told_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.side}"


class MessagePaper(models.Model):
    """A file that came with a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.message_id}: {self.document_id}"


class MessageTranslation(models.Model):
    """What a machine made of a message, at somebody's wish. It stands beside the original and never in its place."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(max_length=12)
    text = models.TextField()
    engine = models.CharField(max_length=80)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "language"], name="message_translation_once")
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.language}"
