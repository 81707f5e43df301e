"""The case list: filters, sorts, keyset pages, finding."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from pathways.cases.actions import assign_counselor, close_case, record_first_contact
from pathways.cases.models import Case, Decision
from pathways.cases.queries import CaseFilters, case_page, export_rows, find_cases
from pathways.cases.queries.filters import filtered
from pathways.cases.queries.walks import walk
from pathways.cases.stages import CONDITIONS, Stage, stage_of
from tests.cases.conftest import ANTWERP, BRUSSELS, TODAY


@pytest.fixture
def page():
    """A page of all cases: `page(outcome="obliged", sort="due", cursor=...)`."""

    def make(*, sort="name", cursor="", size=25, **filters):
        return case_page(
            scope=Case.objects.all(), filters=CaseFilters(**filters), sort=sort, cursor=cursor, on=TODAY, size=size
        )

    return make


@pytest.fixture
def three(new_case, person):
    """Alami in Ghent, Benali in Antwerp, Çelik in Brussels, opened on three days."""
    alami = new_case(person("Alami", "Zohra"), on=TODAY - dt.timedelta(2))
    benali = new_case(person("Benali", "Omar"), municipality=ANTWERP, nationality="FR", on=TODAY)
    celik = new_case(person("Çelik", "Ali"), municipality=BRUSSELS, register=None, on=TODAY - dt.timedelta(1))
    return alami, benali, celik


def names(page):
    return [row.last_name for row in page.rows]


def test_the_list_is_sorted_by_name_without_accents(three, page):
    assert names(page()) == ["Alami", "Benali", "Çelik"]


def test_the_newest_come_first_when_sorted_by_opening(three, page):
    assert names(page(sort="opened")) == ["Benali", "Çelik", "Alami"]


def test_cases_without_a_due_date_come_last(three, page):
    _set_due(three[0], None)
    _set_due(three[1], TODAY + dt.timedelta(30))
    _set_due(three[2], TODAY - dt.timedelta(1))
    assert names(page(sort="due")) == ["Çelik", "Benali", "Alami"]


def _set_due(case, day):
    Decision.objects.filter(pk=case.pk).update(next_due_on=day)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"programme": "flanders-inburgering"}, ["Alami", "Benali"]),
        ({"programme": "none"}, ["Çelik"]),
        ({"outcome": "undecided"}, ["Çelik"]),
        ({"stage": "undecided"}, ["Çelik"]),
        ({"municipality": ANTWERP}, ["Benali"]),
        ({"nationality": "SY"}, ["Alami", "Çelik"]),
        ({"counselor": "none"}, ["Alami", "Benali", "Çelik"]),
        ({"state": "closed"}, []),
        ({"q": "ali cel"}, ["Çelik"]),
        ({"q": "ali"}, ["Çelik"]),
        ({"q": "zo"}, ["Alami"]),
        ({"q": "nobody"}, []),
    ],
)
def test_a_filter_narrows_the_list(three, page, filters, expected):
    assert names(page(**filters)) == expected
    assert page(**filters).count == len(expected)


@pytest.mark.parametrize(
    ("due", "expected"), [("late", ["Alami"]), ("7", ["Alami", "Benali"]), ("30", ["Alami", "Benali"])]
)
def test_due_counts_from_today_and_includes_the_late(three, page, due, expected):
    _set_due(three[0], TODAY - dt.timedelta(1))
    _set_due(three[1], TODAY + dt.timedelta(7))
    _set_due(three[2], TODAY + dt.timedelta(31))
    assert names(page(due=due)) == expected


def test_the_counselor_filter_finds_the_caseload(three, page, counselor):
    assign_counselor(actor=counselor, cases=[three[0]], counselor=counselor, on=TODAY)
    assert names(page(counselor=str(counselor.pk))) == ["Alami"]


def test_a_closed_case_is_only_in_the_closed_list(three, page, counselor):
    close_case(actor=counselor, case=three[1], reason="emigrated", on=TODAY)
    assert (names(page()), names(page(state="closed"))) == (["Alami", "Çelik"], ["Benali"])
    assert names(page(stage="closed")) == ["Benali"]


@pytest.mark.parametrize("filters", [{}, {"outcome": "obliged"}])
@pytest.mark.parametrize("sort", ["name", "opened", "due"])
def test_pages_go_forth_and_back_without_loss_or_doubling(new_case, person, page, sort, filters):
    for number in range(7):
        new_case(person("Same" if number < 4 else f"Other{number}"))
    page = partial(page, sort=sort, **filters)
    whole = [row.id for row in page().rows]
    cursor, forth, pages = "", [], []
    while True:
        shown = page(cursor=cursor, size=3)
        pages.append([row.id for row in shown.rows])
        forth += pages[-1]
        if not shown.next:
            break
        cursor = shown.next
    assert (len(whole), forth) == (7, whole)
    back = page(cursor=shown.previous, size=3)
    assert [row.id for row in back.rows] == pages[-2]
    assert page(cursor=back.previous, size=3).previous == ""


NARROW = [
    *({"stage": stage.value} for stage in Stage),
    *({"state": state} for state in ("open", "closed", "all")),
    {"programme": "flanders-inburgering"},
    {"programme": "none"},
    {"counselor": "none"},
    {"municipality": ANTWERP},
    {"nationality": "SY"},
    {"due": "30"},
    {"q": "ali"},
]


@pytest.mark.parametrize("filters", NARROW, ids=str)
@pytest.mark.parametrize("more", [{"outcome": "obliged"}, {"outcome": "undecided", "state": "all"}, {"due": "late"}])
def test_walking_decisions_finds_what_the_cases_say(three, counselor, filters, more):
    close_case(actor=counselor, case=three[1], reason="emigrated", on=TODAY)
    _set_due(three[0], TODAY - dt.timedelta(1))
    asked = CaseFilters(**{**filters, **more})
    cases = filtered(Case.objects.all(), asked, on=TODAY)
    walked = walk(Case.objects.all(), asked, by_due=False, on=TODAY)
    assert set(walked.values_list("pk", flat=True)) == set(cases.values_list("pk", flat=True))


@pytest.mark.parametrize("filters", [{}, {"outcome": "obliged"}, {"due": "30"}, {"q": "ali"}], ids=str)
def test_nobody_sees_a_case_of_another_office(three, counselor, filters):
    scope = Case.objects.visible_to(counselor, on=TODAY)
    shown = case_page(scope=scope, filters=CaseFilters(**filters), on=TODAY)
    offices = Case.objects.filter(pk__in=[row.id for row in shown.rows]).values_list("office", flat=True)
    assert scope.offices == (three[0].office_id,)
    assert set(offices) <= set(scope.offices)


def test_a_case_not_decided_yet_is_listed_and_found(three, page):
    Decision.objects.all().delete()
    assert names(page()) == ["Alami", "Benali", "Çelik"]
    assert names(page(nationality="FR", q="benali")) == ["Benali"]


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "W10", "WzEsMl0"])
def test_a_broken_cursor_gives_the_first_page(three, page, cursor):
    assert names(page(cursor=cursor, sort="due")) == names(page(sort="due"))


def test_impossible_filters_are_ignored():
    read = CaseFilters.from_query({"outcome": "rich", "office": "1; drop", "sort": "x", "q": " ali "})
    assert read == CaseFilters(q="ali")


def test_a_page_takes_two_queries(three, page, django_assert_num_queries):
    with django_assert_num_queries(2):
        page(q="al", outcome="obliged", sort="due")


@pytest.mark.parametrize("text", ["85.07.30-033.28", "850730", "85073003328"])
def test_a_national_number_is_found_as_it_is_written(new_case, person, text):
    case = new_case(person("Haddad", national_number="85073003328"))
    assert [row.id for row in find_cases(text=text, scope=Case.objects.all())] == [case.pk]


def test_a_reference_is_found_whole_in_part_and_by_its_number(new_case):
    case = new_case()
    number = case.reference.split("-")[2].lstrip("0")
    for text in (case.reference, case.reference.lower(), case.reference[:8], case.reference.replace("-", " "), number):
        assert case.pk in [row.id for row in find_cases(text=text, scope=Case.objects.all())], text


def test_an_empty_search_finds_nothing(three):
    assert find_cases(text=" -! ", scope=Case.objects.all()) == []


def test_the_export_has_every_row_of_the_list(three, page):
    rows = list(export_rows(scope=Case.objects.all(), filters=CaseFilters(), on=TODAY))
    assert rows == page().rows


def test_each_case_is_at_exactly_one_stage_and_row_and_condition_agree(three, counselor, page):
    record_first_contact(actor=counselor, case=three[0], office_registered_on=TODAY, on=TODAY)
    close_case(actor=counselor, case=three[1], reason="emigrated", on=TODAY)
    for row in page(state="all").rows:
        found = [stage for stage, condition in CONDITIONS.items() if Case.objects.filter(condition, pk=row.id).exists()]
        assert found == [row.stage]


def test_stages_follow_the_acts():
    blank = dict.fromkeys(("certified_on", "contract_signed_on", "office_registered_on"))
    seen = [
        stage_of(closed_on=None, invited_on=invited, outcome=outcome, facts={**blank, **facts})
        for outcome, invited, facts in [
            ("obliged", None, {}),
            ("obliged", TODAY, {}),
            ("entitled", None, {}),
            ("exempt", None, {}),
            ("obliged", None, {"office_registered_on": TODAY}),
            ("obliged", None, {"contract_signed_on": TODAY}),
        ]
    ]
    assert seen == [
        Stage.INVITATION, Stage.FIRST_CONTACT, Stage.FIRST_CONTACT, Stage.NONE, Stage.CONTRACT, Stage.COURSES,
    ]  # fmt: skip
