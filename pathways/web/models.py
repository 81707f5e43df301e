"""Forms that were sent, so that sending one twice does its work once."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SentForm(models.Model):
    """One sending (token and content, hashed) and the answer it got: a redirect, kept for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    token = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=2000, blank=True)
    header = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "token"], name="sent_form_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="sent_form_at")]

    def __str__(self) -> str:
        return self.path
