"""A stored paper: its bytes, what it is, and the hash that proves it unchanged. Knows no case."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """A file as it was made or received. Kept in the database so that backup and access rule are one."""

    class Direction(models.TextChoices):
        """Did we make it, or receive it?"""

        OUT = "out", _("Sent")
        IN = "in", _("Received")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=160)
    media_type = models.CharField(max_length=80)
    direction = models.CharField(max_length=3, choices=Direction)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(direction__in=["in", "out"]), name="document_direction"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256"),
        ]

    def __str__(self) -> str:
        return self.name


class Attached(models.Model):
    """A paper of something else: that which it belongs to names itself in the model that inherits."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.document_id)
