"""The way of a version into force, and the cases that follow it.

The database holds who may approve: never who proposed it, nor anybody who wrote in its draft.
"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.programmes.models import Office, RuleSet


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications by where they are."""

    def open(self) -> Self:
        """Those of which something is still to come or in force: at most one for each version and act."""
        return self.filter(state__in=Publication.OPEN)

    def following(self) -> Self:
        """Those whose switch is done while cases still follow."""
        return self.filter(state=Publication.State.FOLLOWING)


def _person(text: str) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text=text
    )


class Publication(models.Model):
    """A version on its way into force (`publish`), or out of it in an emergency (`end`).

    `cursor` is the number of the last case that has followed; whoever is killed in between goes on behind it.
    """

    class Act(models.TextChoices):
        """What happens to the version."""

        PUBLISH = "publish", _("Into force")
        END = "end", _("Ended in an emergency")

    class State(models.TextChoices):
        """Where it is."""

        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        SCHEDULED = "scheduled", _("Scheduled")
        FOLLOWING = "following", _("In force, cases follow")
        DONE = "done", _("In force, all cases follow")
        REFUSED = "refused", _("Sent back")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        OVER = "over", _("Ended")

    OPEN = (State.PROPOSED, State.APPROVED, State.SCHEDULED, State.FOLLOWING, State.DONE)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="publications")
    act = models.CharField(max_length=8, choices=Act, default=Act.PUBLISH)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    content_hash = models.CharField(max_length=64, help_text="Of the document that was proposed.")
    preview = models.UUIDField(null=True, blank=True, help_text="The impact preview that the proposer had read.")
    proposed_by = _person("Who proposed it, or ended it in an emergency.")
    proposed_at = models.DateTimeField(_("proposed"), db_default=Now(), editable=False)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    approved_by = _person("The second person.")
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    scheduled_by = _person("Who set the day.")
    scheduled_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(_("comes into force on"), null=True, blank=True)
    backdating_reason = models.CharField(_("why it starts in the past"), max_length=1000, blank=True)
    stopped_by = _person("Who sent it back or withdrew it.")
    stopped_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True, help_text="Why it was stopped or ended.")
    switched_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    staged = models.BooleanField(default=False, help_text="The cases that follow are listed.")
    cases_total = models.IntegerField(default=0)
    cases_done = models.IntegerField(default=0)
    changed = models.IntegerField(default=0, help_text="Decisions that became others.")
    cursor = models.BigIntegerField(default=0)
    letter_cursor = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0, help_text="Times in a row that following stopped by an error.")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("all cases followed"), null=True, blank=True)
    letters_at = models.DateTimeField(_("letters prepared"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(act__in=["publish", "end"]), name="publication_act"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "proposed",
                        "approved",
                        "scheduled",
                        "following",
                        "done",
                        "refused",
                        "withdrawn",
                        "over",
                    ]
                ),
                name="publication_state",
            ),
            models.UniqueConstraint(
                fields=["rule_set", "act"],
                condition=Q(state__in=["proposed", "approved", "scheduled", "following", "done"]),
                name="publication_open_once",
                violation_error_message=_("This version is proposed already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="publication_second_person",
                violation_error_message=_("Another person than the one who proposed it approves."),
            ),
            models.CheckConstraint(
                condition=Q(act="end")
                | Q(state__in=["proposed", "refused", "withdrawn"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="publication_approved",
                violation_error_message=_("A second person approves it first."),
            ),
            models.CheckConstraint(
                condition=Q(act="end")
                | ~Q(state__in=["scheduled", "following", "done", "over"])
                | Q(starts_on__isnull=False),
                name="publication_has_day",
            ),
            models.CheckConstraint(
                condition=Q(act="publish") | ~Q(reason=""),
                name="publication_end_has_reason",
                violation_error_message=_("Say why the version is ended."),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="publication_approver_wrote_nothing",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF NEW.approved_by_id IS NOT NULL AND EXISTS (SELECT FROM programmes_draftedit d
                        WHERE d.rule_set_id = NEW.rule_set_id AND d.by_id = NEW.approved_by_id)
                    THEN RAISE EXCEPTION 'whoever wrote in a draft cannot approve it'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_second_person';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="publication_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set_id}: {self.state}"

    @property
    def backdated(self) -> bool:
        """Whether the version says that it was in force before it came into force."""
        return self.starts_on is not None and self.rule_set.valid_from < self.starts_on


class FollowingCase(models.Model):
    """An open case that a publication touches: decided anew, or listed for review where its past would differ.

    While `held`, tasks and letters that follow wait for a team lead. Rows come by the 100,000: no foreign key is checked.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="cases", db_index=False, db_constraint=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    was = models.CharField(max_length=12)
    becomes = models.CharField(max_length=12)
    held = models.BooleanField(default=False)
    letter = models.CharField(max_length=160, blank=True, help_text="Key of the letter in the queue of letters.")
    released_by = _person("The team lead who let its tasks and letters go.")
    released_on = models.DateField(null=True, blank=True)
    review = models.BooleanField(default=False, help_text="Its decisions of the past would have been others.")
    reviewed_by = _person("Who looked at it.")
    reviewed_on = models.DateField(null=True, blank=True)
    applied = models.BooleanField(null=True, help_text="Whether the review decided the case anew.")
    check_on = models.DateField(
        null=True, blank=True, help_text="Under review: the day on which the night would have looked at it again."
    )
    review_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["publication", "case"], name="following_case_once")]
        indexes: ClassVar = [
            models.Index(fields=["case"], name="following_case_held", condition=Q(held=True)),
            models.Index(fields=["publication", "office", "case"], name="following_case_office"),
            models.Index(
                fields=["office"],
                name="following_case_waits",
                condition=Q(held=True) | Q(review=True, reviewed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.was} → {self.becomes}"
