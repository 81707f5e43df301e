"""The demo sign-ins: one for each role, with a password that works in demo mode only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.actions import add_membership, create_user
from accounts.models import Organisation, User
from accounts.roles import Role
from pathways.demo.people import MAIL

SINCE_DAYS = 1000
"""Everybody has held their post longer than the oldest case is open."""
PASSWORD = "pathways-demo"  # noqa: S105  the demo's public password


@dataclass(frozen=True)
class Post:
    """A user of the demo and what they are."""

    name: str
    full_name: str
    language: str
    role: Role
    office: str = ""
    programme: str = ""


POSTS = (
    Post("counselor.ghent", "Lotte Verbeeck", "en", Role.COUNSELOR, office="AMAL"),
    Post("counselor2.ghent", "Jonas De Clercq", "nl", Role.COUNSELOR, office="AMAL"),
    Post("lead.ghent", "Marleen Goossens", "nl", Role.TEAM_LEAD, office="AMAL"),
    Post("counselor.antwerp", "Wim Peeters", "nl", Role.COUNSELOR, office="ATLAS"),
    Post("counselor.brussels", "Amina Lambert", "fr", Role.COUNSELOR, office="BAPA-BXL"),
    Post("counselor.bon", "Pieter Maes", "nl", Role.COUNSELOR, office="AGII-BRU"),
    Post("counselor.liege", "Céline Dubois", "fr", Role.COUNSELOR, office="CRI-CRIPEL"),
    Post("counselor.eupen", "Anja Schmitz", "de", Role.COUNSELOR, office="DG-INFOINT"),
    Post("lead.brussels", "Yasmine Charlier", "fr", Role.TEAM_LEAD, office="BAPA-BXL"),
    Post("lead.liege", "Michel Simon", "fr", Role.TEAM_LEAD, office="CRI-CRIPEL"),
    Post("lead.eupen", "Karin Pauels", "de", Role.TEAM_LEAD, office="DG-INFOINT"),
    Post("teacher.ghent", "Els Dekoning", "nl", Role.TEACHER, office="AMAL"),
    Post("newcomer.nour", "Nour Haddad", "en", Role.NEWCOMER),
    Post("editor.flanders", "Bart Willems", "nl", Role.POLICY_EDITOR, programme="flanders-inburgering"),
    Post("approver.flanders", "Griet Janssens", "nl", Role.POLICY_APPROVER, programme="flanders-inburgering"),
    Post("enforcement.flanders", "Koen Michiels", "nl", Role.ENFORCEMENT_OFFICER, programme="flanders-inburgering"),
    Post("analyst", "Sofie Claes", "en", Role.ANALYST),
    Post("admin", "Tom Renard", "en", Role.ADMINISTRATOR),
)


def address(name: str) -> str:
    """The sign-in address of a demo user."""
    return f"{name}@{MAIL}"


def create_demo_users(*, on: dt.date) -> dict[str, User]:
    """All demo users by name, each with their membership since before the oldest case."""
    organisations = {organisation.code.upper(): organisation for organisation in Organisation.objects.all()}
    users: dict[str, User] = {}
    for post in POSTS:
        user = create_user(
            actor=None,
            email=address(post.name),
            full_name=post.full_name,
            language=post.language,
            password=PASSWORD,
            on=on,
        )
        add_membership(
            actor=None,
            user=user,
            role=post.role,
            organisation=organisations[post.office] if post.office else None,
            programme=post.programme,
            valid_from=on - dt.timedelta(days=SINCE_DAYS),
            on=on,
        )
        users[post.name] = user
    return users


def create_newcomer(*, name: str, full_name: str, language: str, on: dt.date) -> User:
    """`newcomer.<name>@demo.example`: somebody who looks at their own pages."""
    user = create_user(
        actor=None,
        email=address(f"newcomer.{name}"),
        full_name=full_name,
        language=language,
        password=PASSWORD,
        on=on,
    )
    since = on - dt.timedelta(days=SINCE_DAYS)
    add_membership(actor=None, user=user, role=Role.NEWCOMER, valid_from=since, on=on)
    return user
