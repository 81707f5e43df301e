"""The demo's course providers, some forty courses around today, and the people with a contract who follow them."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.models import User
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.courses.actions import (
    Needs,
    Offer,
    complete_enrolment,
    create_course,
    create_provider,
    enrol,
    stop_enrolment,
)
from pathways.courses.calendar import calendar_of
from pathways.courses.models import Course, Enrolment, Provider

SEED = 20260102
MORNING, EVENING = ("09:00", "12:00"), ("18:30", "21:30")
AFTERNOON, SATURDAY = ("13:00", "16:30"), ("09:00", "13:00")


@dataclass(frozen=True)
class House:
    """A provider of the demo: where it is, what it teaches, and whose people come."""

    name: str
    region: str
    city: str
    language: str
    titles: Mapping[str, str]
    offices: tuple[str, ...]
    plans: str
    place: str
    teacher: str = ""


DUTCH = {"language": "NT2", "social_orientation": "MO", "career_orientation": "Loopbaanoriëntatie", "group": "groep"}
FRENCH = {
    "language": "FLE",
    "social_orientation": "Citoyenneté",
    "career_orientation": "Orientation socioprofessionnelle",
    "group": "groupe",
}
GERMAN = {
    "language": "Deutsch",
    "social_orientation": "Gesellschaftliche Orientierung",
    "career_orientation": "Berufliche Orientierung",
    "group": "Gruppe",
}
HOUSES = (
    House("Leerhuis Dok Noord", "flanders", "44021", "nl", DUTCH, ("amal",), "PQABCDEFGHIJLMN", "Dok Noord 4", "teacher.ghent"),
    House("Leerhuis Linkeroever", "flanders", "11002", "nl", DUTCH, ("atlas",), "QABCFHILN", "Galgenweel 10"),
    House("Leerhuis Dijle", "flanders", "24062", "nl", DUTCH, (), "ACEHI", "Tiensevest 60"),
    House("Huis van het Nederlands aan de Zenne", "brussels", "21004", "nl", DUTCH, ("agii-bru",), "ADHI", "Zennestraat 8"),
    House("Maison des langues du Canal", "brussels", "21004", "fr", FRENCH, ("bapa-bxl",), "PABFHIL", "Quai des Charbonnages 30"),
    House("Centre Outremeuse", "wallonia", "62063", "fr", FRENCH, ("cri-cripel",), "PQABEHIKLN", "Rue Puits-en-Sock 12"),
    House("Lernzentrum Eupen", "german_community", "63023", "de", GERMAN, ("dg-infoint",), "ABHLN", "Klötzerbahn 5"),
)  # fmt: skip


@dataclass(frozen=True)
class Sort:
    """A sort of course: component, levels, hours, weekly times, and in how many weeks from today it starts."""

    component: str
    levels: tuple[str, str]
    hours: int
    weekdays: tuple[int, ...]
    times: tuple[str, str]
    weeks: int
    places: int
    label: str = ""
    fill: float = 0.85
    spoken: str = ""
    features: tuple[str, ...] = field(default=("accessible",))


LANGUAGE, SOCIAL, CAREER = "language", "social_orientation", "career_orientation"
SORTS = {
    "A": Sort(LANGUAGE, ("none", "A1"), 120, (1, 2, 4), MORNING, -11, 16, "1"),
    "B": Sort(LANGUAGE, ("A1", "A2"), 150, (2, 4), EVENING, -17, 14, "14", 1.0, features=("evening", "accessible")),
    "C": Sort(LANGUAGE, ("A1", "A2"), 120, (1, 3, 5), MORNING, -5, 15, "2", 0.7),
    "D": Sort(LANGUAGE, ("A1", "A2"), 80, (1, 3), EVENING, 2, 18, "3", 0.5, features=("evening", "online")),
    "E": Sort(LANGUAGE, ("none", "A1"), 180, (1, 2, 4, 5), MORNING, -8, 12, "alfa", 0.8, features=("literacy", "childcare")),
    "F": Sort(LANGUAGE, ("none", "A1"), 120, (1, 2, 4), MORNING, 3, 14, "4", 1.0, features=("women_only", "childcare")),
    "G": Sort(LANGUAGE, ("A2", "B1"), 120, (2, 4), MORNING, 5, 16, "5", 0.3),
    "H": Sort(SOCIAL, ("", ""), 60, (3,), AFTERNOON, -9, 18, "EN", 0.9, spoken="en"),
    "I": Sort(SOCIAL, ("", ""), 60, (6,), SATURDAY, 1, 16, "AR", 1.0, spoken="ar"),
    "J": Sort(SOCIAL, ("", ""), 60, (3,), AFTERNOON, 4, 16, "TR", 0.4, spoken="tr", features=("accessible", "childcare")),
    "L": Sort(LANGUAGE, ("none", "A1"), 90, (1, 3), EVENING, 1, 18, "6", 0.8, features=("evening", "accessible")),
    "M": Sort(SOCIAL, ("", ""), 60, (4,), AFTERNOON, -8, 22, "FR", 1.0, spoken="fr"),
    "N": Sort(SOCIAL, ("", ""), 60, (5,), AFTERNOON, -14, 22, "AR", 1.0, spoken="ar"),
    "Q": Sort(SOCIAL, ("", ""), 45, (2,), AFTERNOON, -31, 24, "NL", 0.95, spoken="nl"),
    "P": Sort(LANGUAGE, ("none", "A1"), 90, (1, 3, 5), MORNING, -32, 14, "0", 0.8),
    "K": Sort(CAREER, ("", ""), 24, (5,), AFTERNOON, 2, 12, "1", 0.6),
}  # fmt: skip
LATE_DAYS = 35
"""So long after its first day people still join a course."""
STOPS = ("work", "childcare", "health", "transport", "level")


def build_courses(*, users: Mapping[str, User], on: dt.date) -> None:
    """Offer the courses of the demo, dated around day `on`, and enrol people whose contract is signed."""
    chance = random.Random(SEED)  # noqa: S311  invented people, not secrets
    made = [one for house in HOUSES for one in _offer(house, users, on)]
    followed: dict[int, set[str]] = defaultdict(set)
    signed = _signed()
    _enrol_nour(users["newcomer.nour"], made, followed)
    for house, sort, course in sorted(made, key=lambda one: (one[2].starts_on, one[2].pk)):
        _fill(course, sort, _candidates(house, course, signed, followed, on), followed, chance, on)
    _free_a_place(on)


def _offer(house: House, users: Mapping[str, User], on: dt.date) -> Iterator[tuple[House, Sort, Course]]:
    """The courses of one house."""
    code = house.name.lower().replace(" ", "-")
    provider = create_provider(actor=None, code=code[:40], name=house.name, region=house.region, on=on)
    teachers = [users[house.teacher]] if house.teacher else []
    for sort in (SORTS[code] for code in house.plans):
        yield house, sort, _course(house, sort, provider, teachers, on)


def _course(house: House, sort: Sort, provider: Provider, teachers: list[User], on: dt.date) -> Course:
    monday = on - dt.timedelta(days=on.weekday())
    starts_on = monday + dt.timedelta(weeks=sort.weeks)
    title = " ".join(filter(None, [house.titles[sort.component], sort.levels[1]]))
    group = f", {house.titles['group']} {sort.label}" if sort.label.isdigit() else f" ({sort.label})"
    starts, ends = sort.times
    features: dict[str, Any] = dict.fromkeys(sort.features, True)
    offer = Offer(
        title=title + group,
        component=sort.component,
        language=sort.spoken or house.language,
        level_from=sort.levels[0],
        level_to=sort.levels[1],
        hours=Decimal(sort.hours),
        timetable=tuple({"weekday": day, "starts": starts, "ends": ends} for day in sort.weekdays),
        calendar=calendar_of(region=house.region, language=house.language),
        starts_on=starts_on,
        capacity=sort.places,
        place="" if "online" in sort.features else house.place,
        municipality_id=None if "online" in sort.features else house.city,
        **features,
    )
    return create_course(actor=None, provider=provider, offer=offer, teachers=teachers, on=min(on, starts_on))


def _enrol_nour(user: User, made: list[tuple[House, Sort, Course]], followed: dict[int, set[str]]) -> None:
    """Nour Haddad of the mockups follows group 14 in the evening, in Ghent."""
    case = Case.objects.open().get(person__user=user)
    (course,) = (course for house, sort, course in made if sort is SORTS["B"] and "amal" in house.offices)
    day = max(case.opened_on, course.starts_on - dt.timedelta(days=12))
    enrol(actor=None, course=course, case=case, needs=Needs(evening=True), on=day)
    followed[case.pk].add(course.component)


def _signed() -> list[Case]:
    """Open cases with a signed contract and no certificate, in the order of signing."""
    found = Case.objects.open().filter(facts__contract_signed_on__isnull=False, facts__certified_on__isnull=True)
    return list(found.select_related("person", "office", "facts").order_by("facts__contract_signed_on", "pk"))


def _candidates(
    house: House, course: Course, signed: list[Case], followed: Mapping[int, set[str]], on: dt.date
) -> list[Case]:
    """Who may be in the course: of these offices (or any of the region), signed in time, of a level that fits."""
    latest = min(on, course.starts_on + dt.timedelta(days=LATE_DAYS))
    return [
        case
        for case in signed
        if case.region == course.provider.region
        and (not house.offices or (case.office and case.office.code in house.offices))
        and case.facts.contract_signed_on <= latest
        and course.component not in followed[case.pk]
        and _fits(case, course)
    ]


def _fits(case: Case, course: Course) -> bool:
    if course.women_only and case.person.sex == "M":
        return False
    if course.component != LANGUAGE:
        return True
    if course.literacy != (case.facts.literacy == "non_literate"):
        return False
    level = getattr(case.facts, f"level_{course.language}", None) or "none"
    return level == course.level_from or (course.literacy and level == "A1")


def _fill(
    course: Course,
    sort: Sort,
    people: list[Case],
    followed: dict[int, set[str]],
    chance: random.Random,
    on: dt.date,
) -> None:
    """Enrol as many as the course is filled with; a full one also has people who wait."""
    wanted = round(course.capacity * sort.fill)
    waiting = 3 if sort.fill == 1.0 and course.ends_on > on else 0
    for case in people:
        if wanted + waiting <= 0:
            return
        manner = "wait" if wanted <= 0 else "trial" if course.starts_on > on and chance.random() < 0.12 else "enrol"
        try:
            enrolment = _enrol(course, case, manner, chance, on)
        except ActRefused:  # two courses at one hour
            continue
        followed[case.pk].add(course.component)
        wanted, waiting = (wanted - 1, waiting) if manner != "wait" else (wanted, waiting - 1)
        _go_on(enrolment, chance, on)


def _enrol(course: Course, case: Case, manner: str, chance: random.Random, on: dt.date) -> Enrolment:
    day = max(case.facts.contract_signed_on, min(on, course.starts_on) - dt.timedelta(days=chance.randint(1, 20)))
    needs = Needs(
        childcare=chance.random() < (0.5 if course.childcare else 0.15),
        transport=chance.random() < 0.12,
        evening=chance.random() < (0.6 if course.evening else 0.08),
    )
    return enrol(actor=None, course=course, case=case, manner=manner, needs=needs, on=day)


def _go_on(enrolment: Enrolment, chance: random.Random, on: dt.date) -> None:
    """What became of it since: finished with the course, or left early, now and then."""
    course = enrolment.course
    if enrolment.state != Enrolment.State.ENROLLED or course.starts_on > on:
        return
    if chance.random() < 0.06:
        day = course.starts_on + dt.timedelta(days=chance.randint(10, 40))
        stop_enrolment(actor=None, enrolment=enrolment, reason=chance.choice(STOPS), on=min(day, on))
    elif course.ends_on < on:
        complete_enrolment(actor=None, enrolment=enrolment, on=course.ends_on)


def _free_a_place(on: dt.date) -> None:
    """In each full course with people who wait somebody left yesterday: a place is offered."""
    yesterday = on - dt.timedelta(days=1)
    for course in Course.objects.filter(enrolments__state="waiting").distinct():
        leaves = course.enrolments.filter(state="enrolled", enrolled_on__lte=yesterday).last()
        if leaves:
            stop_enrolment(actor=None, enrolment=leaves, reason="work", on=yesterday)
