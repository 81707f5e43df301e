"""Reference data and rule sets in the technical admin. Rule sets are only looked at: they change by publication."""

from __future__ import annotations

from typing import ClassVar

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
    autocomplete_fields: ClassVar = ["municipality"]


@admin.register(Municipality)
class MunicipalityAdmin(Page):
    """Municipalities."""

    list_display: ClassVar = ["nis_code", "name_nl", "name_fr", "region", "valid_from", "valid_to"]
    list_filter: ClassVar = ["region", "province"]
    search_fields: ClassVar = ["nis_code", "name_nl", "name_fr", "name_de"]
    autocomplete_fields: ClassVar = ["successor"]


@admin.register(Nationality)
class NationalityAdmin(Page):
    """Nationalities."""

    list_display: ClassVar = ["code", "name_en", "name_nl", "name_fr", "name_de", "kind"]
    list_filter: ClassVar = ["kind"]
    search_fields: ClassVar = ["code", "name_en", "name_nl", "name_fr", "name_de"]
    inlines: ClassVar = [GroupPeriods]


@admin.register(PermitType, Language)
class NamedAdmin(Page):
    """Permit types and languages."""

    list_display: ClassVar = ["code", "name_en", "name_nl", "name_fr", "name_de"]
    search_fields: ClassVar = ["code", "name_en", "name_nl", "name_fr", "name_de"]


@admin.register(Office)
class OfficeAdmin(Page):
    """Offices and whom they serve."""

    list_display: ClassVar = ["prefix", "name", "region", "city", "valid_from", "valid_to", "confidence"]
    list_filter: ClassVar = ["region"]
    search_fields: ClassVar = ["code", "name", "city"]
    autocomplete_fields: ClassVar = ["organisation"]
    inlines: ClassVar = [Areas]


@admin.register(RuleSet)
class RuleSetAdmin(LookOnly):
    """Rule sets, to look at."""

    list_display: ClassVar = ["code", "line", "state", "valid_from", "valid_to", "published_at"]
    list_filter: ClassVar = ["line", "state"]
