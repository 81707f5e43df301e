"""From a list to people, cases and facts; sending it again; updating who is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import User
from pathways.audit.models import JournalEntry
from pathways.cases.actions import close_case, record_facts
from pathways.cases.models import Case, DecisionRecord, FactChange, Facts, Source
from pathways.people.actions import Newcomer, create_person
from pathways.people.models import Person
from pathways.programmes.models import Office
from pathways.registrations import actions
from pathways.registrations.actions import ListRefused
from pathways.registrations.files import ListError
from pathways.registrations.models import ListImport, ListRow
from tests.registrations.conftest import ON
from tests.registrations.samples import make_list

pytestmark = pytest.mark.django_db
Upload = Callable[..., ListImport]
Run = Callable[[ListImport], ListImport]

HEAD = "national_number;last_name;first_names;birth_date;sex;nationality;municipality;register;permit_type;email"
NOUR = "85073003328;Amrani;Nour;1985-07-30;M;MA;Gent;foreigners;A;nour@example.org"
ALI = ";Haddad;Ali;02/01/1990;M;SY;Gent;foreigners;F+;"


def text(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def states(one: ListImport) -> list[str]:
    return list(ListRow.objects.filter(list_import=one).order_by("number").values_list("state", flat=True))


def database() -> dict[str, int]:
    """Everything an import may write, but for the list itself."""
    return {model.__name__: model.objects.count() for model in (Person, Case, Facts, FactChange, DecisionRecord)}


def test_the_dry_run_writes_nothing_and_foresees_what_will_happen(upload: Upload) -> None:
    before = database()
    one = upload(text(NOUR, ALI, ";;;;;;;;;x"))
    assert database() == before
    assert one.state == "checked"
    assert one.rows_total == 3
    assert one.content is None
    assert {state: count for state, count in one.expected.items() if count} == {"created": 2, "refused": 1}


def test_a_new_person_gets_identity_contact_facts_and_a_case(upload: Upload, run: Run, ghent: Office) -> None:
    one = run(upload(text(NOUR)))
    person = Person.objects.get(national_number="85073003328")
    assert (str(person), person.sex, person.email, person.folded_name) == (
        "Nour Amrani",
        "M",
        "nour@example.org",
        "amrani nour",
    )
    case = person.cases.get()
    assert (case.region, case.programme, case.office) == ("flanders", "flanders-inburgering", ghent)
    facts = Facts.objects.get(case=case)
    assert (facts.birth_date, facts.nationality, facts.municipality) == (dt.date(1985, 7, 30), "MA", "44021")
    assert (facts.register, facts.permit_type, facts.region) == ("foreigners", "A", "flanders")
    change = FactChange.objects.get(case=case)
    assert (change.source, change.evidence) == (Source.MUNICIPALITY_LIST, "list.csv")
    row = ListRow.objects.get(list_import=one)
    assert (row.state, row.person, row.case) == ("created", person, case)
    assert one.state == "finished"
    assert one.counts == {"refused": 0, "created": 1}


def test_every_new_case_is_decided_at_once(upload: Upload, run: Run) -> None:
    run(upload(text(NOUR, ALI)))
    assert Case.objects.filter(decision__isnull=True).count() == 0
    assert DecisionRecord.objects.count() == 2


def test_the_journal_knows_who_uploaded_started_and_imported(upload: Upload, run: Run, counselor: User) -> None:
    run(upload(text(NOUR)))
    acts = JournalEntry.objects.filter(act__startswith="registrations.").order_by("pk")
    assert [(entry.act, entry.actor) for entry in acts] == [
        ("registrations.upload_list", counselor),
        ("registrations.start_list", counselor),
        ("registrations.import_list", counselor),
    ]


@pytest.mark.parametrize("rows", [(NOUR, ALI), (ALI,), (NOUR,)])
def test_the_same_file_twice_changes_nothing(upload: Upload, run: Run, rows: tuple[str, ...]) -> None:
    run(upload(text(*rows)))
    before, journal = database(), JournalEntry.objects.exclude(act__startswith="registrations.").count()
    again = upload(text(*rows))
    assert again.expected["unchanged"] == len(rows)
    assert states(run(again)) == ["unchanged"] * len(rows)
    assert database() == before
    assert JournalEntry.objects.exclude(act__startswith="registrations.").count() == journal


def test_the_same_file_again_does_not_undo_a_correction(upload: Upload, run: Run, counselor: User) -> None:
    run(upload(text(NOUR)))
    case = Case.objects.get()
    record_facts(actor=counselor, case=case, facts={"permit_type": "F"}, source=Source.DOCUMENT, on=ON)
    assert states(run(upload(text(NOUR)))) == ["unchanged"]
    assert Facts.objects.get().permit_type == "F"


def test_an_older_state_sent_anew_after_another_is_recorded(upload: Upload, run: Run) -> None:
    for permit in ("A", "F", "A"):
        run(upload(text(NOUR.replace(";A;", f";{permit};"))))
    assert Facts.objects.get().permit_type == "A"
    assert FactChange.objects.count() == 3


def test_the_same_number_updates_facts_with_their_source_and_contact(upload: Upload, run: Run) -> None:
    run(upload(text(NOUR)))
    changed = NOUR.replace("foreigners", "population").replace("nour@", "n.amrani@")
    assert states(run(upload(text(changed), name="march.csv"))) == ["updated"]
    assert (Person.objects.count(), Case.objects.count()) == (1, 1)
    assert Person.objects.get().email == "n.amrani@example.org"
    latest = FactChange.objects.latest("pk")
    assert latest.changes == {"register": ["foreigners", "population"]}
    assert (latest.source, latest.evidence) == (Source.MUNICIPALITY_LIST, "march.csv")
    contact = JournalEntry.objects.get(act="people.update_contact")
    assert contact.details["fields"] == ["email"]
    assert contact.case_id == Case.objects.get().pk


def test_blank_cells_leave_what_is_known(upload: Upload, run: Run) -> None:
    run(upload(text(NOUR)))
    blank = "85073003328;Amrani;Nour;1985-07-30;;;Gent;;;"
    assert states(run(upload(text(blank)))) == ["unchanged"]
    assert Facts.objects.get().permit_type == "A"
    assert Person.objects.get().email == "nour@example.org"


def test_a_known_person_without_an_open_case_gets_a_new_one(upload: Upload, run: Run, counselor: User) -> None:
    run(upload(text(NOUR)))
    close_case(actor=counselor, case=Case.objects.get(), reason="moved", on=ON)
    changed = NOUR.replace(";A;", ";F;")
    assert states(run(upload(text(changed)))) == ["updated"]
    assert (Person.objects.count(), Case.objects.count(), Case.objects.open().count()) == (1, 2, 1)


def test_another_birth_date_for_a_known_number_is_refused(upload: Upload, run: Run) -> None:
    create_person(actor=None, newcomer=Newcomer("Amrani", "Nour", dt.date(1985, 7, 29), "M", "85073003328"), on=ON)
    one = upload(text(NOUR))
    row = ListRow.objects.get(list_import=one)
    assert (row.state, row.problems[0]["code"]) == ("refused", "birth_date_differs")


def test_a_number_twice_in_one_list_keeps_the_first_row(upload: Upload, run: Run) -> None:
    one = run(upload(text(NOUR, NOUR.replace(";A;", ";F;"), ALI, ALI)))
    assert states(one) == ["created", "refused", "created", "refused"]
    codes = [
        row.problems[0]["code"] for row in ListRow.objects.filter(list_import=one, state="refused").order_by("number")
    ]
    assert codes == ["number_twice", "row_twice"]


def test_former_municipalities_lead_to_their_successor(upload: Upload, run: Run, antwerp: Office) -> None:
    rows = [ALI.replace("Gent", place).replace("Ali", name) for place, name in (("11007", "Ali"), ("Borsbeek", "Omar"))]
    run(upload(text(*rows)))
    assert list(Facts.objects.values_list("municipality", flat=True)) == ["11002", "11002"]
    assert {case.office for case in Case.objects.all()} == {antwerp}


def test_in_brussels_the_programme_stays_open(
    upload: Upload, run: Run, brussels: Office, user_in: Callable[..., User]
) -> None:
    run(upload(text(ALI.replace("Gent", "1000")), actor=user_in(brussels), office=brussels))
    case = Case.objects.get()
    assert (case.region, case.programme, case.office) == ("brussels", None, brussels)


def test_a_municipality_of_another_region_is_refused_with_the_office_there(upload: Upload, liege: Office) -> None:
    one = upload(text(ALI.replace("Gent", "Luik"), ALI.replace("Gent", "Eupen").replace("Ali", "Omar")))
    first, second = ListRow.objects.filter(list_import=one).order_by("number")
    assert first.problems[0]["params"] == {"region": "wallonia", "offices": "Office liege"}
    assert second.problems[0]["code"] == "outside_area_unserved"


def test_another_office_of_the_region_gets_its_cases(upload: Upload, run: Run, antwerp: Office) -> None:
    run(upload(text(ALI.replace("Gent", "Antwerpen"))))
    assert Case.objects.get().office == antwerp


def test_a_place_that_no_office_serves_goes_to_the_one_that_sent_the_list(
    upload: Upload, run: Run, ghent: Office
) -> None:
    run(upload(text(ALI.replace("Gent", "46021"))))
    assert Case.objects.get().office == ghent


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (text(NOUR, head=HEAD.replace("municipality", "shoe size")), "columns_missing"),
        (text(NOUR, head=HEAD.replace("register", "gemeente")), "heading_twice"),
        (b"", "file_empty"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_at_the_door(upload: Upload, content: bytes, code: str) -> None:
    with pytest.raises(ListError) as refused:
        upload(content)
    assert refused.value.code == code
    assert not ListImport.objects.exists()


def test_an_error_found_while_reading_fails_the_list_with_its_reason(upload: Upload) -> None:
    one = upload(text(NOUR) + b'\n"never closed;' + b"x" * 1_100_000)
    assert (one.state, one.failure["code"]) == ("failed", "row_unreadable")


def test_unknown_columns_are_ignored_and_shown(upload: Upload) -> None:
    one = upload(text(NOUR + ";42", head=HEAD + ";shoe size"))
    assert one.headings[-1] == {"heading": "shoe size", "column": None}
    assert one.expected["created"] == 1


def test_starting_twice_imports_once(upload: Upload, run: Run, counselor: User) -> None:
    one = run(upload(text(NOUR)))
    again = actions.start_list(actor=counselor, list_import=one, on=ON)
    assert again.state == "finished"
    actions.run_list(list_id=one.pk)
    assert Person.objects.count() == 1


def test_a_cancelled_list_can_no_longer_be_started(upload: Upload, counselor: User) -> None:
    one = upload(text(NOUR))
    actions.cancel_list(actor=counselor, list_import=one, on=ON)
    with pytest.raises(ListRefused):
        actions.start_list(actor=counselor, list_import=one, on=ON)
    actions.run_list(list_id=one.pk)
    assert not Person.objects.exists()


def test_five_hundred_rows_with_defects_end_as_foreseen(upload: Upload, run: Run, antwerp: Office) -> None:
    sample = make_list(rows=500, on=ON)
    one = upload(sample.csv())
    refused = ListRow.objects.filter(list_import=one, state="refused").order_by("number")
    assert {row.number: row.problems[0]["code"] for row in refused} == sample.defects
    run(one)
    assert one.counts | ListImport.objects.get(pk=one.pk).counts == {
        "refused": len(sample.defects), "created": 500 - len(sample.defects),
    }  # fmt: skip


def test_a_workbook_gives_the_same_as_the_csv(upload: Upload, run: Run, antwerp: Office) -> None:
    sample = make_list(rows=30, defects=False, on=ON)
    run(upload(sample.csv()))
    again = upload(sample.xlsx(), name="list.xlsx")
    assert states(run(again)) == ["unchanged"] * 30
