"""A newcomer's ways in: the code on paper, and the short-lived code that is sent. Of every code only a keyed hash is kept.

An address or a phone number identifies nobody here: two adults may share it. A person is named by what only they and
their papers know, and each code opens one person's pages.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.people.models import Person

MOST_ATTEMPTS = 5
"""Wrong tries after which a code, on paper or sent, is dead."""


class AccessCodeQuerySet(models.QuerySet["AccessCode"]):
    """Codes by whether they open something."""

    def live(self) -> Self:
        """Those neither used nor revoked; the database holds one of them for each person."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def open_at(self, at: dt.datetime) -> Self:
        """Those that let somebody in at this instant."""
        return self.live().filter(expires_at__gt=at)


class AccessCode(models.Model):
    """The code of an access letter. `handle` is its first half, by which it is found; the second half is known hashed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_codes")
    handle = models.CharField(_("number on the letter"), max_length=6)
    code_hash = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField(_("printed"))
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = AccessCodeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="access_code_one_live",
                violation_error_message=_("This person has a code that still works."),
            ),
            models.UniqueConstraint(
                fields=["handle"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="access_code_handle_live",
            ),
            models.CheckConstraint(condition=Q(handle__regex=r"^[0-9]{6}$"), name="access_code_handle"),
            models.CheckConstraint(condition=Q(code_hash__regex=r"^[0-9a-f]{64}$"), name="access_code_hash"),
        ]

    def __str__(self) -> str:
        return self.handle


class SignInCode(models.Model):
    """Somebody asked to sign in. `person` is blank where nobody was named: the asker cannot tell the two apart.

    The code is drawn, hashed and sent by a worker; until then `code_hash` is blank and nothing opens.
    """

    class Channel(models.TextChoices):
        """How the code travels."""

        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel)
    code_hash = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="sign_in_code_expires")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(channel__in=["email", "sms"]), name="sign_in_code_channel"),
            models.CheckConstraint(
                condition=Q(code_hash="") | Q(code_hash__regex=r"^[0-9a-f]{64}$"), name="sign_in_code_hash"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(code_hash=""), name="sign_in_code_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
