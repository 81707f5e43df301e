"""Causes at the end of a pathway: the certificate can be issued."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.work.causes.cause import Cause


def _ready(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(readiness__isnull=False)


CAUSES = (
    Cause(
        "issue_certificate",
        _("Issue the certificate"),
        _("The condition of the certificate holds."),
        14,
        _ready,
        "readiness__since",
    ),
)
