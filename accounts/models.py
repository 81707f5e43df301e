"""Users, organisations and memberships. A user is known by an e-mail address and may hold several roles."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.roles import ORGANISATION_ROLES, PROGRAMME_ROLES, Role

NO_MAILBOX = "newcomers.invalid"
"""The domain of addresses that only stand for a user without a mailbox of their own: reserved, nothing arrives there."""


class Organisation(models.Model):
    """An employer of users: a reception office, a course provider, an authority."""

    class Kind(models.TextChoices):
        """What the organisation does in the pathway."""

        OFFICE = "office", _("Reception office")
        PROVIDER = "provider", _("Course provider")
        AUTHORITY = "authority", _("Authority")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["office", "provider", "authority"]), name="organisation_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates users; the address is kept in lower case so that it identifies one person."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user who signs in with `email`; without a password only an e-mail code works."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user for Django's own admin; gives no access to any case."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the technical admin"), default=False)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        ordering: ClassVar = ["full_name", "email"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_lower",
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def clean(self) -> None:
        """An address is the same however it is typed."""
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def has_mailbox(self) -> bool:
        """Whether the address is one that mail may be sent to."""
        return not self.email.endswith(f"@{NO_MAILBOX}")

    def get_full_name(self) -> str:
        """The name shown to colleagues."""
        return str(self)

    def get_short_name(self) -> str:
        """The first word of the name."""
        return str(self).split(" ", maxsplit=1)[0]


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by day, role and scope."""

    def held_on(self, day: dt.date) -> Self:
        """Memberships in force on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def with_role(self, *roles: Role) -> Self:
        """Memberships that give one of `roles`."""
        return self.filter(role__in=roles)


class Membership(models.Model):
    """A user holds a role, in an organisation or for a programme, from a day on (half-open period)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    programme = models.CharField(_("programme"), max_length=40, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(ORGANISATION_ROLES)) | Q(organisation__isnull=False),
                name="membership_organisation_required",
                violation_error_message=_("Choose the organisation in which this role is held."),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(PROGRAMME_ROLES)) | ~Q(programme=""),
                name="membership_programme_required",
                violation_error_message=_("Choose the programme for which this role is held."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="membership_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "programme", "valid_from"],
                name="membership_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences by day."""

    def on(self, day: dt.date) -> Self:
        """Those that hold on `day`."""
        return self.filter(first_on__lte=day, last_on__gte=day)

    def not_over(self, day: dt.date) -> Self:
        """Those that hold on `day` or begin later."""
        return self.filter(last_on__gte=day)


def _user_days() -> Func:
    """An int8range made of user and days: lets an exclusion hold (user, period) without the btree_gist extension."""
    first, last = (
        Func(F(name), template="(%(expressions)s - DATE '1900-01-01')", output_field=models.BigIntegerField())
        for name in ("first_on", "last_on")
    )
    base = F("user_id") * 10_000_000
    return Func(base + first, base + last + 1, function="int8range", output_field=models.Field())


class Absence(models.Model):
    """A user is away from the first day to the last, both included; a colleague stands in and sees their work."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers", verbose_name=_("stand-in"))
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["first_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["stand_in", "last_on"], name="absence_stand_in")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="absence_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("stand_in")),
                name="absence_other_stands_in",
                violation_error_message=_("Somebody else has to stand in."),
            ),
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[(_user_days(), "&&")],
                violation_error_message=_("An absence is recorded for some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_on} – {self.last_on}"
