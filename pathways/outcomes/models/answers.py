"""What a person says in their breach file: an answer with papers, or the wish to be heard in a talk."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.documents.models import Document
from pathways.outcomes.models.breaches import BreachFile


class BreachAnswer(models.Model):
    """Sent by the person, kept as it was written. While it is unread nobody decides on a fine (`actions/breaches.py`)."""

    class Kind(models.TextChoices):
        """What is sent."""

        ANSWER = "answer", _("Written answer")
        HEARING = "hearing", _("Asks to be heard in a talk")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(BreachFile, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.TextField(_("what the person says"), max_length=4000, blank=True)
    on = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    read_on = models.DateField(_("read"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reply = models.TextField(_("what the office or the officer replies"), max_length=4000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["file", "id"]
        indexes: ClassVar = [
            models.Index(fields=["file"], name="breach_answer_unread", condition=Q(read_on__isnull=True))
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["answer", "hearing"]), name="breach_answer_kind"),
            models.CheckConstraint(
                condition=Q(kind="hearing") | ~Q(text=""),
                name="breach_answer_says_something",
                violation_error_message=_("Write what you want to say."),
            ),
            models.CheckConstraint(
                condition=Q(read_on__isnull=True, read_by__isnull=True)
                | Q(read_on__isnull=False, read_by__isnull=False),
                name="breach_answer_read_by_somebody",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="breach_answer_unchanged", exclude=["read_on", "read_by", "reply"]),
            pgtrigger.Protect(name="breach_answer_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.kind}"


class BreachAnswerPaper(models.Model):
    """A paper that came with an answer."""

    answer = models.ForeignKey(BreachAnswer, on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.document_id}"
