"""The journal of acts and the log of views. Rows are added and never changed: a trigger refuses both.

This floor stands below accounts and cases, so it knows the actor by the settings' user model and a case by its number.
"""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """One act: who, when, what, on which thing. An entry without actor is the software's own act."""

    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    act = models.CharField(_("act"), max_length=60)
    case_id = models.BigIntegerField(_("case"), null=True, blank=True)
    subject = models.CharField(_("about"), max_length=120, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name_plural = "journal entries"
        indexes: ClassVar = [
            models.Index(fields=["case_id", "-at"], name="journal_case", condition=models.Q(case_id__isnull=False)),
            models.Index(fields=["-at"], name="journal_at"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="journal_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class ViewEntry(models.Model):
    """Somebody looked at a person's file: who, when, which page, for what purpose."""

    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    case_id = models.BigIntegerField(_("case"))
    page = models.CharField(_("page"), max_length=60)
    purpose = models.CharField(_("purpose"), max_length=60)

    class Meta:
        verbose_name_plural = "view entries"
        indexes: ClassVar = [models.Index(fields=["case_id", "-at"], name="view_case")]
        triggers: ClassVar = [pgtrigger.Protect(name="view_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.page} {self.case_id}"
