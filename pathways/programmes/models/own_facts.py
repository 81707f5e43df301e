"""Facts that an administrator adds to programmes; the shipped ones are the catalogue of `pathways.rules`."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pathways.rules import OWN_PREFIX, Fact, own_fact

_USED = """EXISTS (SELECT FROM programmes_ruleset r WHERE r.state <> 'draft'
    AND r.content -> 'facts' @> jsonb_build_array(jsonb_build_object('code', OLD.code)))"""


class OwnFact(models.Model):
    """A fact that an administrator added for some programmes; rule sets name it `own_<code>`.

    Once a rule set that left its drafting uses it, code, type and meaning of blank stay, and no choice goes. `labels` and
    each label of `choices` (code, label) have the four languages.
    """

    class Type(models.TextChoices):
        """What kind of answer it takes."""

        BOOL = "bool", _("Yes or no")
        INT = "int", _("Whole number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of a list")

    class Blank(models.TextChoices):
        """What an empty answer means."""

        UNKNOWN = "unknown", _("Not yet known")
        DEFAULT = "default", _("No, zero, never, or the first of the list")

    class Recorder(models.TextChoices):
        """Who may record it."""

        COUNSELOR = "counselor", _("Counselors and team leads")
        TEAM_LEAD = "team_lead", _("Team leads only")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    labels = models.JSONField(_("label"))
    type = models.CharField(_("type"), max_length=10, choices=Type)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    blank = models.CharField(_("an empty answer means"), max_length=10, choices=Blank, default=Blank.UNKNOWN)
    recorded_by = models.CharField(_("recorded by"), max_length=20, choices=Recorder, default=Recorder.COUNSELOR)
    programmes = ArrayField(models.CharField(max_length=40), verbose_name=_("programmes"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    retired_on = models.DateField(_("no longer recorded since"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(type__in=["bool", "int", "date", "choice"]), name="own_fact_type"),
            models.CheckConstraint(condition=Q(blank__in=["unknown", "default"]), name="own_fact_blank"),
            models.CheckConstraint(condition=Q(recorded_by__in=["counselor", "team_lead"]), name="own_fact_recorder"),
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="own_fact_code"),
            models.CheckConstraint(
                condition=(Q(type="choice") & ~Q(choices=[])) | (~Q(type="choice") & Q(choices=[])),
                name="own_fact_choices",
                violation_error_message=_("A fact that is one of a list has a list; no other has one."),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="own_fact_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="own_fact_used_keeps_type",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    IF (OLD.code, OLD.type, OLD.blank) IS DISTINCT FROM (NEW.code, NEW.type, NEW.blank) AND {_USED}
                    THEN RAISE EXCEPTION 'own fact % is used by a rule set: it keeps code, type and blank', OLD.code
                        USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name that rules use."""
        return f"{OWN_PREFIX}{self.code}"

    @property
    def fact(self) -> Fact:
        """The entry as those of the catalogue."""
        choices = {choice["code"]: choice["label"] for choice in self.choices}
        more = {"choices": choices, "blank": self.blank, "recorded_by": self.recorded_by}
        return own_fact(self.code, self.type, self.labels, **more)  # type: ignore[arg-type]
