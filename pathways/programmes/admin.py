"""Reference data and rule sets in the technical admin. Rule sets are only looked at: they change by publication."""

from __future__ import annotations

from django.contrib import admin

from accounts.administration import Inline, LookOnly, Page
from pathways.programmes.models import (
    Language,
    Municipality,
    Nationality,
    NationalityGroupPeriod,
    Office,
    OfficeArea,
    PermitType,
    RuleSet,
)


class GroupPeriods(Inline):
    """The groups of a nationality over time."""

    model = NationalityGroupPeriod
    deletable = True


class Areas(Inline):
    """The municipalities of an office; without the mark "assumed" a new load of reference data leaves them alone."""

    model = OfficeArea
    deletable = True
    autocomplete_fields = ("municipality",)


@admin.register(Municipality)
class MunicipalityAdmin(Page):
    """Municipalities."""

    list_display = ("nis_code", "name_nl", "name_fr", "region", "valid_from", "valid_to")
    list_filter = ("region", "province")
    search_fields = ("nis_code", "name_nl", "name_fr", "name_de")
    autocomplete_fields = ("successor",)


@admin.register(Nationality)
class NationalityAdmin(Page):
    """Nationalities."""

    list_display = ("code", "name_en", "name_nl", "name_fr", "name_de", "kind")
    list_filter = ("kind",)
    search_fields = ("code", "name_en", "name_nl", "name_fr", "name_de")
    inlines = (GroupPeriods,)


@admin.register(PermitType, Language)
class NamedAdmin(Page):
    """Permit types and languages."""

    list_display = ("code", "name_en", "name_nl", "name_fr", "name_de")
    search_fields = ("code", "name_en", "name_nl", "name_fr", "name_de")


@admin.register(Office)
class OfficeAdmin(Page):
    """Offices and whom they serve."""

    list_display = ("prefix", "name", "region", "city", "valid_from", "valid_to", "confidence")
    list_filter = ("region",)
    search_fields = ("code", "name", "city")
    autocomplete_fields = ("organisation",)
    inlines = (Areas,)


@admin.register(RuleSet)
class RuleSetAdmin(LookOnly):
    """Rule sets, to look at."""

    list_display = ("code", "line", "state", "valid_from", "valid_to", "published_at")
    list_filter = ("line", "state")
