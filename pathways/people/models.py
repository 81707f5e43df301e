"""A person's identity and contact data: guarded most, and never seen by a rule."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """Sex as the National Register has it."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    OTHER = "X", _("Other")


class Person(models.Model):
    """One human being. Contact data never identify a person: two adults may share a phone or a mailbox."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    last_name = models.CharField(_("last name"), max_length=120)
    first_names = models.CharField(_("first names"), max_length=120, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    national_number = models.CharField(
        _("national number"),
        max_length=11,
        null=True,
        blank=True,
        help_text=_("INSZ: National Register or BIS number."),
    )
    contact_language = models.CharField(_("contact language"), max_length=12, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    folded_name = models.CharField(max_length=250, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """A national number stands once."""

        verbose_name_plural = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["national_number"],
                name="person_national_number_once",
                violation_error_message=_("Somebody with this national number is already known."),
            ),
            models.CheckConstraint(
                condition=Q(national_number__isnull=True) | Q(national_number__regex=r"^[0-9]{11}$"),
                name="person_national_number_digits",
                violation_error_message=_("A national number has eleven digits."),
            ),
            models.CheckConstraint(condition=Q(sex__in=["", "F", "M", "X"]), name="person_sex"),
            models.CheckConstraint(condition=~Q(last_name=""), name="person_last_name_given"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["folded_name", "birth_date"], name="person_name_birth"),
            # Who shares this mailbox or phone? Asked at each sign-in by code, and before a letter is mailed.
            models.Index(Lower("email"), name="person_email", condition=~Q(email="")),
            models.Index(fields=["phone"], name="person_phone", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return f"{self.first_names} {self.last_name}".strip()
