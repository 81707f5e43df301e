"""Builds the demo world: who lives where, since when, and what the offices did. The same seed gives the same world."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from pathways.cases.actions import NewCase, assign_counselor, open_case, open_cases
from pathways.cases.models import Case, Source
from pathways.cases.values import FactValue
from pathways.demo import acts
from pathways.demo.access import print_letter
from pathways.demo.agreements import make_contracts
from pathways.demo.attendance import fill_registers
from pathways.demo.correspondence import write_and_ask
from pathways.demo.courses import build_courses
from pathways.demo.doing import give_something_to_do
from pathways.demo.duties import ask_and_decide
from pathways.demo.lives import Life, draw_life
from pathways.demo.meetings import hold_meetings
from pathways.demo.moves import move_people
from pathways.demo.newcomers import open_doors
from pathways.demo.outcomes import end_pathways
from pathways.demo.people import Identity, draw_identity, draw_nationality
from pathways.demo.users import create_demo_users
from pathways.people.actions import Newcomer, connect_user, create_people, create_person
from pathways.programmes.models import Municipality, OfficeArea

SEED = 20260101
SHARES = {"AMAL": 310, "ATLAS": 180, "AGII-BRU": 330, "CRI-CRIPEL": 220, "DG-INFOINT": 160}
OTHER_SHARE = 40
"""People for each of the other offices."""
OLDEST_DAYS = 900
COUNSELORS = {
    "AMAL": ("counselor.ghent", "counselor2.ghent"),
    "ATLAS": ("counselor.antwerp",),
    "AGII-BRU": ("counselor.bon",),
    "BAPA-BXL": ("counselor.brussels",),
    "CRI-CRIPEL": ("counselor.liege",),
    "DG-INFOINT": ("counselor.eupen",),
}
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Resident:
    """An invented person with their life, before they are known to an office."""

    identity: Identity
    life: Life
    known_on: dt.date


def build_world(*, on: dt.date, say: Progress, size: float = 1.0) -> int:
    """Create users, people, cases and their history, all dated relative to `on`; the number of cases.

    `size` scales the number of people. Reference data and rule sets must be loaded.
    """
    chance = random.Random(SEED)  # noqa: S311  invented people, not secrets
    users = create_demo_users(on=on)
    say("people")
    residents = _residents(chance, on, size)
    say("cases")
    _open(residents)
    _open_nour(users["newcomer.nour"], on)
    say("what the offices did")
    acts.choose_programmes(cases=_cases(region="brussels"), chance=chance)
    for office, names in COUNSELORS.items():
        counselors = [users[name] for name in names]
        acts.share_out(cases=_cases(office__code=office.lower()), counselors=counselors, chance=chance)
    nour = _cases(person__user=users["newcomer.nour"])
    assign_counselor(actor=None, cases=nour, counselor=users["counselor.ghent"], on=nour[0].opened_on)
    following = _cases(decision__outcome__in=["obliged", "entitled"])
    acts.follow_cases(cases=[case for case in following if _comes(case, chance)], chance=chance, on=on)
    say("contracts")
    make_contracts(cases=_cases(facts__office_registered_on__isnull=False, programme__isnull=False), on=on)
    say("courses")
    build_courses(users=users, on=on)
    say("registers")
    fill_registers(users=users, on=on)
    say("terms")
    ask_and_decide(cases=_cases(decision__outcome="obliged"), users=users, on=on)
    say("certificates and breach files")
    end_pathways(users=users, on=on)
    say("letters")
    _write_letters(chance, on)
    say("talks")
    hold_meetings(on=on)
    acts.write_notes(cases=_cases(counselor__isnull=False), chance=chance, on=on)
    say("moves")
    move_people(users=users, on=on)
    say("newcomers with a sign-in")
    open_doors(on=on)
    give_something_to_do(nour=users["newcomer.nour"], on=on)
    write_and_ask(users=users, on=on)
    print_letter(user=users["newcomer.nour"], on=on)
    return Case.objects.count()


def _comes(case: Case, chance: random.Random) -> bool:
    """Obliged people nearly all enter the pathway, entitled ones when they wish."""
    return case.decision.outcome == "obliged" or chance.random() < 0.35


def _cases(**narrowed: object) -> list[Case]:
    """Open cases in a stable order, with what the acts look at."""
    found = Case.objects.open().filter(**narrowed).select_related("person", "office", "counselor", "decision", "facts")
    return list(found.order_by("opened_on", "pk"))


def _days_ago(chance: random.Random) -> int:
    """How long ago somebody was registered: many lately, some years ago."""
    return int(OLDEST_DAYS * chance.random() ** 2) + 5


def _residents(chance: random.Random, on: dt.date, size: float) -> list[Resident]:
    """Everybody, office by office."""
    areas: dict[str, list[Municipality]] = defaultdict(list)
    for area in OfficeArea.objects.select_related("office", "municipality").order_by("office__code", "municipality"):
        if area.programme != "brussels-parcours":  # the same people as those of the Dutch-language office
            areas[area.office.code.upper()].append(area.municipality)
    residents: list[Resident] = []
    for office, places in sorted(areas.items()):
        for _number in range(round(SHARES.get(office, OTHER_SHARE) * size)):
            residents.append(_resident(chance, chance.choice(places), on, len(residents)))
    return sorted(residents, key=lambda resident: resident.known_on)


def _resident(chance: random.Random, place: Municipality, on: dt.date, number: int) -> Resident:
    """One person in one municipality."""
    nationality = draw_nationality(chance)
    registered_on = on - dt.timedelta(days=_days_ago(chance))
    life = draw_life(chance, nationality=nationality, municipality=place.pk, registered_on=registered_on, on=on)
    language = place.language_area[:2]
    city = {"fr": place.name_fr, "de": place.name_de}.get(language, place.name_nl)
    identity = draw_identity(
        chance,
        birth_date=life.birth_date,
        serial=number % 498,
        place=(place.postal_codes[0], city),
        language=language,
        nationality=nationality,
    )
    # Lists come weekly: people of one week become known on one day.
    known_on = registered_on + dt.timedelta(days=7 - registered_on.weekday())
    return Resident(identity, life, min(known_on, on))


def _open(residents: list[Resident]) -> None:
    """Open the cases week by week, as lists bring them."""
    weeks: dict[dt.date, list[Resident]] = defaultdict(list)
    numbers: set[str] = set()
    for resident in residents:
        number = resident.identity.newcomer.national_number
        if number not in numbers:
            numbers.add(number) if number else None
            weeks[resident.known_on].append(resident)
    for day, arrived in sorted(weeks.items()):
        ids = create_people(actor=None, newcomers=[one.identity.newcomer for one in arrived], on=day)
        newcomers = [NewCase(person, one.life.facts) for person, one in zip(ids, arrived, strict=True)]
        open_cases(actor=None, newcomers=newcomers, source=Source.MUNICIPALITY_LIST, valid_since=None, on=day)


def _open_nour(user: User, on: dt.date) -> None:
    """Nour Haddad of the mockups: a recognised refugee in Ghent with a running contract."""
    registered = on - dt.timedelta(days=420)
    born = dt.date(1995, 3, 12)
    newcomer = Newcomer(
        "Haddad", "Nour", born, sex="F", contact_language="ar", phone="+32460000001",
        street="Veldstraat 12", postal_code="9000", city="Gent",
    )  # fmt: skip
    person = create_person(actor=None, newcomer=newcomer, on=registered)
    connect_user(actor=None, person=person, user=user, on=registered)
    facts: dict[str, FactValue | None] = {
        "municipality": "44021", "birth_date": born, "nationality": "SY", "register": "foreigners", "permit_type": "A",
        "permit_months": 60, "permit_ordered_on": registered, "first_registered_on": registered,
        "legal_stay_since": registered - dt.timedelta(days=300), "stay_motive": "protection", "asylum_status": "refugee",
    }  # fmt: skip
    open_case(actor=None, person=person, facts=facts, source=Source.NATIONAL_REGISTER, on=registered)


def _write_letters(chance: random.Random, on: dt.date) -> None:
    """Invitations for those who were opened lately or haven't come yet, by the counselor of the case."""
    since = on - dt.timedelta(days=acts.INVITED_BY_LETTER_DAYS)
    waiting = _cases(
        decision__outcome="obliged",
        facts__office_registered_on__isnull=True,
        counselor__isnull=False,
        opened_on__gte=since,
    )
    letters = []
    for case in waiting:
        if case.facts.notified_on or chance.random() < 0.6:
            assert case.counselor is not None
            letters.append(acts.invite(case=case, actor=case.counselor, chance=chance, on=on))
    acts.send_written(letters=[letter for letter in letters if letter], on=on)
