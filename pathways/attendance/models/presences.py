"""Who was there: presences, results, corrections; the practice of a programme; and the outlook of each case.

A presence keeps what happened, in minutes; what it counts for is decided by the pinned rules when it is read. The database
refuses more minutes than planned, two presences in one session, and a correction confirmed by who asked for it.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.attendance import walls
from pathways.attendance.counting import MARKS
from pathways.attendance.forecast import State as Outcome
from pathways.cases.models import Case
from pathways.courses.models import Enrolment, Session
from pathways.rules import COMPONENT_CODES, LEVELS, PROGRAMMES

OVERALL = "overall"
LOCK_DAYS = 7
"""Days after a session in which a mark may simply be changed, where the programme has no practice of its own."""


class FollowedSession(Session):
    """A session as presences see it: it carries the trigger that keeps their copies right."""

    class Meta:
        proxy = True
        triggers: ClassVar = [walls.PRESENCES_FOLLOW, walls.SESSION_UNSETTLES]


class FollowedEnrolment(Enrolment):
    """An enrolment as outlooks see it."""

    class Meta:
        proxy = True
        triggers: ClassVar = [walls.ENROLMENT_UNSETTLES]


class Presence(models.Model):
    """One person in one session. `minutes_planned`, `make_up` and `cancelled` repeat the session (walls.py).

    There is no foreign key check on enrolment and session beside the trigger, which looks both up already.
    """

    class Mark(models.TextChoices):
        """What the register says."""

        PRESENT = "present", _("Present")
        LATE = "late", _("Late")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", _("Absent")

    class Source(models.TextChoices):
        """How it was recorded."""

        CLASSROOM = "classroom", _("In the classroom")
        SHEET = "sheet", _("From the sign-in sheet")
        IMPORT = "import", _("From a file")
        CORRECTION = "correction", _("By a correction")

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="presences", db_index=False, db_constraint=False
    )
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="presences", db_index=False, db_constraint=False
    )
    state = models.CharField(_("mark"), max_length=8, choices=Mark)
    minutes_planned = models.PositiveSmallIntegerField(editable=False, default=0)
    minutes_attended = models.PositiveSmallIntegerField(_("minutes attended"))
    minutes_late = models.PositiveSmallIntegerField(_("minutes late"), default=0)
    make_up = models.BooleanField(default=False, editable=False)
    cancelled = models.BooleanField(default=False, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.CLASSROOM)
    client_key = models.UUIDField(null=True, blank=True, help_text="Of the sending that brought it: never taken twice.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)

    class Meta:
        constraints: ClassVar = [
            # Read alone, this index answers the class grid and the progress of a case.
            models.UniqueConstraint(
                fields=["enrolment", "session"],
                include=["state", "minutes_planned", "minutes_attended", "minutes_late", "make_up", "cancelled"],
                name="presence_once",
            ),
            models.UniqueConstraint(
                fields=["client_key"], condition=Q(client_key__isnull=False), name="presence_client_key"
            ),
            models.CheckConstraint(condition=Q(state__in=MARKS), name="presence_state"),
            models.CheckConstraint(
                condition=Q(minutes_attended__lte=F("minutes_planned")),
                name="presence_attended_within_planned",
                violation_error_message=_("Nobody attends more minutes than the session has."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["present", "late"]) | Q(minutes_attended=0), name="presence_absent_is_nought"
            ),
            models.CheckConstraint(condition=Q(state="late") | Q(minutes_late=0), name="presence_late_has_minutes"),
            models.CheckConstraint(
                condition=Q(source__in=["classroom", "sheet", "import", "correction"]), name="presence_source"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["session"], name="presence_session")]
        triggers: ClassVar = [walls.PRESENCE_FITS]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.session_id}: {self.state}"


class Result(models.Model):
    """What a teacher found: a test passed or not, a level reached."""

    class Kind(models.TextChoices):
        """What was looked at."""

        TEST = "test", _("Test")
        LEVEL = "level", _("Level reached")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="results", db_index=False)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    level = models.CharField(_("level"), max_length=4, blank=True, choices=[(level, level) for level in LEVELS])
    passed = models.BooleanField(_("passed"), default=True)
    on = models.DateField(_("day"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "kind", "level", "on"], name="result_once"),
            models.CheckConstraint(condition=Q(kind__in=["test", "level"]), name="result_kind"),
            models.CheckConstraint(condition=Q(level__in=["", *LEVELS]), name="result_level"),
            models.CheckConstraint(
                condition=~Q(kind="level") | ~Q(level=""),
                name="result_level_named",
                violation_error_message=_("Choose the level that was reached."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.kind} {self.level}"


class Correction(models.Model):
    """A change of a mark after the lock window: who asks gives a reason, somebody else confirms."""

    class State(models.TextChoices):
        """Life of a correction."""

        REQUESTED = "requested", _("Waits for a second person")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    presence = models.ForeignKey(Presence, on_delete=models.CASCADE, related_name="corrections")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections", db_index=False)
    old = models.JSONField(help_text="{state, minutes_late}")
    new = models.JSONField(help_text="{state, minutes_late}")
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    effects = models.JSONField(default=list, help_text="What changed with it: [{code, scope, before, after}].")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_on = models.DateField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="correction_case")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["presence"],
                condition=Q(state="requested"),
                name="correction_open_once",
                violation_error_message=_("A correction of this mark already waits for a second person."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "confirmed", "refused"]), name="correction_state"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="correction_reason", violation_error_message=_("Say why.")
            ),
            models.CheckConstraint(
                condition=Q(state="requested", decided_by__isnull=True, decided_on__isnull=True)
                | Q(state__in=["confirmed", "refused"], decided_by__isnull=False, decided_on__isnull=False),
                name="correction_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="correction_second_person",
                violation_error_message=_("Somebody else than who asked must confirm."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presence_id}: {self.state}"


class Practice(models.Model):
    """What a programme does where its rule set has no word for it. A practice is no law, and pages say so."""

    class Lateness(models.TextChoices):
        """What being late costs."""

        MINUTES = "minutes", _("The minutes missed")
        PRESENT = "present", _("Nothing")

    programme = models.CharField(
        _("programme"), max_length=40, unique=True, choices=[(code, code) for code in PROGRAMMES]
    )
    lock_days = models.PositiveSmallIntegerField(
        _("lock window"), default=LOCK_DAYS, help_text=_("Days in which a mark may be changed without a second person.")
    )
    lateness = models.CharField(_("lateness costs"), max_length=7, choices=Lateness, default=Lateness.MINUTES)
    make_up = models.BooleanField(_("make-up sessions count"), default=True)
    follow_up_threshold = models.DecimalField(
        _("follow-up mark"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Share of attendance below which the office follows up, where the law names no threshold."),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(programme__in=list(PROGRAMMES)), name="practice_programme"),
            models.CheckConstraint(condition=Q(lateness__in=["minutes", "present"]), name="practice_lateness"),
            models.CheckConstraint(
                condition=Q(follow_up_threshold__isnull=True)
                | Q(follow_up_threshold__gt=0, follow_up_threshold__lte=1),
                name="practice_threshold",
            ),
        ]

    def __str__(self) -> str:
        return self.programme


class Outlook(models.Model):
    """The forecast of a case, for a component or overall, as it was last computed: lists and tasks read it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outlooks", db_index=False)
    scope = models.CharField(max_length=30)
    state = models.CharField(max_length=16, choices=[(state.value, state.value) for state in Outcome])
    by_law = models.BooleanField(default=False, help_text="The threshold is the rule set's, not the programme's.")
    threshold = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    planned = models.IntegerField()
    held = models.IntegerField()
    attended = models.IntegerField()
    best = models.IntegerField()
    can_miss = models.IntegerField()
    can_miss_lessons = models.IntegerField()
    on = models.DateField()
    stale = models.BooleanField(default=False, help_text="What it rests on has changed since (triggers set this).")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "scope"], name="outlook_once"),
            models.CheckConstraint(condition=Q(scope__in=[*COMPONENT_CODES, OVERALL]), name="outlook_scope"),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in Outcome]), name="outlook_state"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["case"],
                name="outlook_at_risk",
                condition=Q(scope="overall", state__in=["tight", "out_of_reach"]),
            ),
            models.Index(fields=["case"], name="outlook_stale", condition=Q(stale=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.scope}: {self.state}"

    @property
    def lost(self) -> int:
        """What cannot be attended any more."""
        return max(0, self.planned - self.best)

    @property
    def mark(self) -> int:
        """The threshold in per cent, 0 where there is none."""
        return int(self.threshold * 100) if self.threshold is not None else 0
