"""The smallest world in which every URL has something to show: two offices, a case in each, a list, a letter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import Organisation, User
from accounts.roles import Role
from pathways.attendance.models import Correction
from pathways.base.clock import today
from pathways.cases.actions import open_case, request_export
from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case, CaseDocument, CaseExport, SavedView, Source
from pathways.courses.models import Enrolment
from pathways.duties.actions import Paper, request_ground
from pathways.duties.models import GroundRequest
from pathways.notices.actions import send_letters
from pathways.notices.models import Letter, LetterJob
from pathways.people.models import Person
from pathways.people.names import folded_name
from pathways.programmes.actions import load_reference, load_rule_sets
from pathways.programmes.models import Office
from pathways.registrations.actions import upload_list
from pathways.registrations.models import ListImport
from tests.web.access.attendance_world import mark_in_the_course
from tests.web.access.correspondence_world import correspond
from tests.web.access.course_world import enrolment_in_a_course
from tests.web.access.policy_world import begin_draft
from tests.web.people import make_user

LIST = b"last_name;first_names;birth_date;municipality\nTesfay;Selam;1995-01-02;9000\n"


@dataclass(frozen=True)
class World:
    """What the rows of the table may name."""

    users: dict[str, User]
    case: Case
    brussels_case: Case
    document: CaseDocument
    view: SavedView
    list: ListImport
    export: CaseExport
    enrolment: Enrolment
    correction: Correction
    ground_request: GroundRequest
    letter: Letter
    letter_job: LetterJob


def build_world() -> World:
    """Load reference data and rule sets, hire people, open two cases."""
    on = today()
    load_reference(on=on)
    load_rule_sets(on=on)
    users = _users()
    begin_draft(users["policy_editor"], on=on)
    case = _case(users["counselor"], "Haddad", "44021", on)
    Person.objects.filter(pk=case.person_id).update(user=users["newcomer"])
    letter = write_invitation(actor=users["counselor"], case=case, on=on)
    (job,) = send_letters(actor=users["counselor"], letters=[letter], on=on)
    enrolment = enrolment_in_a_course(case, on=on)
    correspond(case, users["newcomer"], on=on)
    return World(
        users=users,
        case=case,
        brussels_case=_case(users["counselor"], "Diallo", "21015", on),
        document=CaseDocument.objects.select_related("document").get(case=case),
        view=SavedView.objects.create(user=users["counselor"], name="Mine", query="counselor=me"),
        list=upload_list(
            actor=users["counselor"],
            office=Office.objects.get(code="amal"),
            file_name="list.csv",
            content=LIST,
            on=on,
        ),
        export=request_export(actor=users["counselor"], query="", kind="csv", language="en", on=on),
        enrolment=enrolment,
        correction=mark_in_the_course(enrolment, teacher=users["teacher"], counselor=users["counselor"], on=on),
        ground_request=request_ground(
            actor=users["counselor"],
            case=case,
            ground="birth",
            first_on=on,
            last_on=on,
            papers=[Paper("birth.pdf", b"%PDF-1.7\n%%EOF\n")],
            on=on,
        ),
        letter=letter,
        letter_job=job,
    )


def _users() -> dict[str, User]:
    """One user for each role; those of the office also work in Brussels, where somebody must still choose."""
    organisations = {each.code: each for each in Organisation.objects.all()}
    users = {role.value: make_user(role.value, role, organisation=organisations["amal"]) for role in Role}
    users["stranger"] = make_user("stranger", Role.COUNSELOR, organisation=organisations["atlas"])
    for role in (Role.COUNSELOR, Role.TEAM_LEAD):
        users[role].memberships.create(
            role=role, organisation=organisations["agii-bru"], valid_from=dt.date(2020, 1, 1)
        )
    return users


def _case(actor: User, last_name: str, municipality: str, on: dt.date) -> Case:
    person = Person.objects.create(
        last_name=last_name,
        first_names="Nour",
        birth_date=dt.date(1994, 5, 2),
        folded_name=folded_name(last_name, "Nour"),
        street="Veldstraat 1",
        postal_code="9000",
        city="Gent",
        contact_language="ar",
    )
    facts: dict[str, str | int | dt.date | bool | None] = {
        "nationality": "SY",
        "municipality": municipality,
        "register": "foreigners",
        "first_registered_on": on - dt.timedelta(days=20),
        "registered_in_region_on": on - dt.timedelta(days=20),
        "permit_type": "A",
        "permit_months": 60,
        "permit_ordered_on": on - dt.timedelta(days=20),
        "legal_stay_since": on - dt.timedelta(days=20),
        "stay_motive": "protection",
        "asylum_status": "refugee",
    }
    return open_case(actor=actor, person=person, facts=facts, source=Source.MUNICIPALITY_LIST, on=on)
