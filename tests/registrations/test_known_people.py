"""A list that names a known national number again: what it says anew is taken over, and journalled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from pathways.audit.models import JournalEntry
from pathways.cases.actions import close_case, record_facts
from pathways.cases.models import Case, Facts, SearchWord, Source
from pathways.moves.models import Move
from pathways.people.models import Person
from pathways.registrations.models import ListImport, ListRow
from tests.registrations.conftest import ON

pytestmark = pytest.mark.django_db
Send = Callable[..., ListRow]

KNOWN = {
    "national_number": "85073003328",
    "last_name": "Amrani",
    "first_names": "Nour",
    "birth_date": "1985-07-30",
    "sex": "M",
    "municipality": "Gent",
    "permit_type": "A",
    "contact_language": "ar",
    "email": "nour@example.org",
    "phone": "0470123456",
    "street": "Kerkstraat 1",
    "postal_code": "9000",
    "city": "Gent",
}
CHANGES = [
    ("last_name", "El Amrani", "El Amrani", "people.correct_identity"),
    ("first_names", "Noor Fatima", "Noor Fatima", "people.correct_identity"),
    ("last_name", "Ämrani", "Ämrani", "people.correct_identity"),
    ("contact_language", "tr", "tr", "people.update_contact"),
    ("email", "n.amrani@example.org", "n.amrani@example.org", "people.update_contact"),
    ("phone", "0471 98 76 54", "+32471987654", "people.update_contact"),
    ("street", "Dorpsstraat 2", "Dorpsstraat 2", "people.update_contact"),
    ("postal_code", "9030", "9030", "people.update_contact"),
    ("city", "Mariakerke", "Mariakerke", "people.update_contact"),
]


@pytest.fixture
def send(upload: Callable[..., ListImport], run: Callable[..., ListImport]) -> Send:
    """Send a list with one row, that of the known person with `changes`; the row as it ended."""

    def go(**changes: str) -> ListRow:
        row = {**KNOWN, **changes}
        one = run(upload("\n".join([";".join(row), ";".join(row.values())]).encode(), own_area_only=False))
        return ListRow.objects.get(list_import=one)

    return go


def words() -> set[str]:
    return set(SearchWord.objects.values_list("word", flat=True))


@pytest.mark.parametrize(("field", "written", "kept", "act"), CHANGES)
def test_a_change_is_taken_over_and_journalled_once(
    send: Send, counselor: User, field: str, written: str, kept: str, act: str
) -> None:
    send()
    assert send(**{field: written}).state == "updated"
    person = Person.objects.get()
    assert getattr(person, field) == kept
    entry = JournalEntry.objects.get(act=act)
    assert (entry.actor, entry.case_id, entry.details["fields"]) == (counselor, Case.objects.get().pk, [field])
    assert send(**{field: written}).state == "unchanged"
    assert JournalEntry.objects.filter(act=act).count() == 1
    assert Person.objects.get().updated_at == person.updated_at


@pytest.mark.parametrize("field", ["first_names", "email", "phone", "street", "contact_language"])
def test_a_blank_leaves_what_is_known(send: Send, field: str) -> None:
    send()
    before = Person.objects.values().get()
    send(**{field: ""})
    assert Person.objects.values().get() == before


def test_a_new_name_sorts_the_case_and_finds_it(send: Send) -> None:
    send()
    send(last_name="De Wilde")
    assert Person.objects.get().folded_name == Case.objects.get().sort_name == "de wilde nour"
    assert {"de", "wilde", "nour", "dewildenour", "85073003328"} <= words()
    assert "amrani" not in words()


def test_a_closed_case_is_found_by_the_new_name_too(send: Send, counselor: User) -> None:
    send()
    close_case(actor=counselor, case=Case.objects.get(), reason="moved", on=ON)
    send(last_name="Wilde")
    assert set(Case.objects.values_list("sort_name", "closed_on")) == {("wilde nour", ON), ("wilde nour", None)}


def test_a_name_in_capitals_is_the_same_name(send: Send) -> None:
    send()
    assert send(last_name="AMRANI", first_names="NOUR").state == "unchanged"
    assert str(Person.objects.get()) == "Nour Amrani"


def test_name_contact_and_facts_change_in_one_row(send: Send) -> None:
    send()
    assert send(last_name="Wilde", street="Dorpsstraat 2", permit_type="F").state == "updated"
    person, case = Person.objects.get(), Case.objects.get()
    assert (person.last_name, person.street, case.facts.permit_type) == ("Wilde", "Dorpsstraat 2", "F")
    assert send(last_name="Wilde", street="Dorpsstraat 2", permit_type="F").state == "unchanged"


def test_an_address_in_another_region_is_no_fact_of_a_signed_case_but_begins_a_move(
    send: Send, counselor: User
) -> None:
    send()
    case = Case.objects.get()
    record_facts(actor=counselor, case=case, facts={"contract_signed_on": ON}, source=Source.OFFICE, on=ON)
    before = Facts.objects.get(case=case).municipality
    row = send(municipality="Luik", street="Dorpsstraat 2")
    assert (row.state, Facts.objects.get(case=case).municipality) == ("updated", before)
    assert (Move.objects.get(case_from=case).origin, Person.objects.get().street) == ("list", "Dorpsstraat 2")


def test_somebody_without_an_open_case_is_found_by_the_new_name(send: Send, counselor: User) -> None:
    send()
    close_case(actor=counselor, case=Case.objects.get(), reason="moved", on=ON)
    assert send(last_name="Wilde").state == "updated"
    assert Case.objects.open().get().sort_name == "wilde nour"
