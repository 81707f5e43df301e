"""What must be there before anybody is measured: server, tables, reference data, rule sets, a few people who work."""

from __future__ import annotations

import datetime as dt

from django.core.management import call_command

from accounts.models import Membership, User
from accounts.roles import Role
from bench.measuring import sql
from pathways.programmes.models import Office


def prepare() -> None:
    """Migrations, reference data and the twelve published rule sets, as `make run` does it."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_reference", verbosity=0)
    sql("TRUNCATE cases_decision, cases_decisionrecord")  # rule sets may have changed since the run before
    call_command("rule_sets", "load", verbosity=0)


def counselors(*, on: dt.date, number: int = 40) -> list[int]:
    """The row numbers of users who have cases."""
    User.objects.bulk_create(
        [User(email=f"bench{i}@example.org", full_name=f"Counselor {i}") for i in range(number)], ignore_conflicts=True
    )
    found = User.objects.filter(email__startswith="bench").order_by("pk")
    offices = list(Office.objects.order_by("pk"))
    Membership.objects.bulk_create(
        [
            Membership(
                user=user, role=Role.COUNSELOR, organisation=offices[i % len(offices)].organisation, valid_from=on
            )
            for i, user in enumerate(found)
        ],
        ignore_conflicts=True,
    )
    return [user.pk for user in found]


def lead_of(office: Office, *, on: dt.date) -> User:
    """A team lead of that office, who sees all its cases."""
    user, _ = User.objects.get_or_create(email="lead.bench@example.org", defaults={"full_name": "Lead"})
    Membership.objects.filter(user=user).delete()
    Membership.objects.create(user=user, role=Role.TEAM_LEAD, organisation=office.organisation, valid_from=on)
    return user
