"""Questions to the reference data that depend on the day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from pathways.programmes.models import NationalityGroupPeriod


def nationality_group_on(code: str, *, on: dt.date) -> str | None:
    """The group of a nationality on a day: `belgian, eu, eea, swiss, third_country`; None where it is undetermined."""
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    groups = NationalityGroupPeriod.objects.filter(started, lasting, nationality=code).exclude(
        nationality_group="unknown"
    )
    return groups.values_list("nationality_group", flat=True).first()
