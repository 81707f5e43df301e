"""A letter from its preparation to the letter box.

A letter is sent at most once. It is claimed (`sending`), and the claim is committed, before it leaves: an e-mail whose
worker was killed in between is in doubt and waits for a person's word.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pathways.documents.models import Document
from pathways.notices.job_models import LetterJob as LetterJob
from pathways.notices.job_models import LetterJobItem as LetterJobItem
from pathways.notices.job_models import office_numbers
from pathways.programmes.models import Office

if TYPE_CHECKING:
    from accounts.models import User


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by who may see them."""

    def visible_to(self, actor: User, *, on: dt.date) -> Self:
        """Letters of the offices in which `actor` is counselor or team lead on day `on`."""
        return self.filter(office__in=office_numbers(actor, on=on))


class Letter(models.Model):
    """A paper for somebody, by post or e-mail. It knows no case, only the reference that stands on it."""

    class State(models.TextChoices):
        """Life of a letter; sending is the moment between the claim and the letter box."""

        DRAFT = "draft", _("To be approved")
        APPROVED = "approved", _("To be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Cancelled")

    class Channel(models.TextChoices):
        """How it reaches the person."""

        POST = "post", _("Post")
        REGISTERED = "registered", _("Registered post")
        EMAIL = "email", _("E-mail")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="letters", db_index=False)
    case_reference = models.CharField(_("case"), max_length=24, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=160)
    recipient_name = models.CharField(_("recipient"), max_length=250)
    recipient_address = ArrayField(
        models.CharField(max_length=200), verbose_name=_("address"), default=list, blank=True
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="letters")
    channel = models.CharField(_("way"), max_length=10, choices=Channel)
    state = models.CharField(_("state"), max_length=10, choices=State)
    registered_number = models.CharField(_("registered-letter number"), max_length=40, blank=True)
    dedupe_key = models.CharField(max_length=160, unique=True)
    needs_approval = models.BooleanField(default=False, help_text="A team lead approves it before it is sent.")
    automatic = models.BooleanField(default=False, help_text="By e-mail it leaves without anybody's act: a reminder.")
    failure = models.CharField(max_length=300, blank=True, help_text="Why the last attempt to send it failed.")
    job = models.ForeignKey(
        LetterJob, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters", help_text="That sent it."
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_on = models.DateField(_("written"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_on = models.DateField(_("approved"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_on = models.DateField(_("sent"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_on = models.DateField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-id"], name="letter_office"),
            models.Index(fields=["office", "state", "-id"], name="letter_office_state"),
            models.Index(fields=["case_reference"], name="letter_case", condition=~Q(case_reference="")),
            models.Index(
                fields=["id"], name="letter_automatic", condition=Q(automatic=True, state="approved", channel="email")
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved", "sending", "sent", "cancelled"]), name="letter_state"
            ),
            models.CheckConstraint(condition=Q(channel__in=["post", "registered", "email"]), name="letter_channel"),
            models.CheckConstraint(condition=~Q(channel="email") | ~Q(email=""), name="letter_email_known"),
            models.CheckConstraint(
                condition=Q(registered_number="") | Q(channel="registered"), name="letter_number_of_registered"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(needs_approval=False)
                | Q(approved_by__isnull=False, approved_on__isnull=False),
                name="letter_approved_where_needed",
                violation_error_message=_("A team lead approves this letter first."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_on__isnull=False) | (~Q(state="sent") & Q(sent_on__isnull=True)),
                name="letter_sent_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_on__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_on__isnull=True)),
                name="letter_cancelled_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.recipient_name}"
