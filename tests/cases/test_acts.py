"""Acts on a case: assigned, noted, invited, closed; each once, each in the journal."""

from __future__ import annotations

import hashlib

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.actions import (
    assign_counselor,
    assign_office,
    choose_programme,
    close_case,
    delete_view,
    index_cases,
    open_case,
    record_first_contact,
    record_invitation,
    record_note,
    record_notice,
    save_view,
)
from pathways.cases.errors import ActRefused, FactError
from pathways.cases.models import Case, CaseDocument, DecisionRecord, Facts, Note, SavedView
from pathways.cases.queries import find_cases
from pathways.documents.models import Document
from tests.cases.conftest import ADULT, BRUSSELS, GHENT, TODAY


@pytest.fixture
def letter(db):
    """A letter as it was made."""
    content = b"Dear Nour"
    return Document.objects.create(
        name="invitation.pdf",
        media_type="application/pdf",
        direction="out",
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def journal(case) -> list[str]:
    return list(JournalEntry.objects.filter(case_id=case.pk).order_by("pk").values_list("act", flat=True))


def test_the_chosen_programme_brings_its_line_and_office(new_case, counselor):
    case = new_case(municipality=BRUSSELS)
    choose_programme(actor=counselor, case=case, programme="brussels-parcours", on=TODAY)
    assert (case.programme, case.office.prefix, Facts.objects.get(pk=case.pk).trajectory_line) == (
        "brussels-parcours",
        "VIA",
        "BX",
    )
    assert DecisionRecord.objects.filter(case=case, cause="programme").count() == 1


def test_the_same_choice_twice_is_one_act(new_case, counselor):
    case = new_case(municipality=BRUSSELS)
    for _ in range(2):
        choose_programme(actor=counselor, case=case, programme="brussels-inburgering", on=TODAY)
    assert journal(case) == ["cases.open_case", "cases.choose_programme"]


def test_a_programme_of_another_region_cannot_be_chosen(new_case, counselor):
    with pytest.raises(ActRefused):
        choose_programme(actor=counselor, case=new_case(), programme="brussels-parcours", on=TODAY)


def test_after_signing_the_programme_stays(new_case, counselor):
    case = new_case(municipality=BRUSSELS, programme="brussels-parcours", contract_signed_on=TODAY)
    with pytest.raises(ActRefused, match="signed"):
        choose_programme(actor=counselor, case=case, programme="brussels-inburgering", on=TODAY)


def test_cases_are_assigned_together_and_only_those_that_change_count(new_case, person, counselor, staff):
    cases = [new_case(person(str(number))) for number in range(3)]
    assert assign_counselor(actor=counselor, cases=cases[:1], counselor=counselor, on=TODAY) == 1
    assert assign_counselor(actor=counselor, cases=cases, counselor=counselor, on=TODAY) == 2
    assert Case.objects.filter(counselor=counselor).count() == 3
    assert journal(cases[0]) == ["cases.open_case", "cases.assign_counselor"]


def test_a_counselor_of_another_office_cannot_be_given_a_case(new_case, counselor, staff):
    with pytest.raises(ActRefused, match="office"):
        assign_counselor(actor=counselor, cases=[new_case()], counselor=staff("ANT"), on=TODAY)


def test_another_office_starts_without_counselor(new_case, counselor, offices):
    case = new_case()
    assign_counselor(actor=counselor, cases=[case], counselor=counselor, on=TODAY)
    assert assign_office(actor=counselor, cases=[case], office=offices["ANT"], on=TODAY) == 1
    case.refresh_from_db()
    assert (case.office, case.counselor) == (offices["ANT"], None)


def test_an_office_of_another_region_is_refused(new_case, counselor, offices):
    with pytest.raises(ActRefused, match="region"):
        assign_office(actor=counselor, cases=[new_case()], office=offices["LIE"], on=TODAY)


def test_an_office_without_the_programme_is_refused(new_case, counselor, offices):
    case = new_case(municipality=BRUSSELS, programme="brussels-inburgering")
    with pytest.raises(ActRefused, match="programme"):
        assign_office(actor=counselor, cases=[case], office=offices["VIA"], on=TODAY)


def test_the_same_note_twice_is_kept_once(new_case, counselor):
    case = new_case()
    for _ in range(2):
        record_note(actor=counselor, case=case, kind="call", text="No answer ", on=TODAY)
    assert Note.objects.get(case=case).text == "No answer"


@pytest.mark.parametrize(("kind", "text"), [("call", " "), ("dream", "x")])
def test_a_note_needs_kind_and_text(new_case, counselor, kind, text):
    with pytest.raises(ActRefused):
        record_note(actor=counselor, case=new_case(), kind=kind, text=text, on=TODAY)


def test_the_invitation_is_kept_and_dated_once(new_case, counselor, letter):
    case = new_case()
    for day in (16, 17):
        record_invitation(actor=counselor, case=case, document=letter, on=TODAY.replace(day=day))
    assert case.invited_on == TODAY.replace(day=16)
    assert CaseDocument.objects.get(case=case).kind == "invitation"
    assert journal(case).count("cases.record_invitation") == 1


def test_a_paper_belongs_to_one_case(new_case, person, counselor, letter):
    record_invitation(actor=counselor, case=new_case(), document=letter, on=TODAY)
    with pytest.raises(ActRefused, match="another case"):
        record_invitation(actor=counselor, case=new_case(person("Other")), document=letter, on=TODAY)


def test_notice_and_first_contact_are_facts_of_the_office(new_case, counselor):
    case = new_case()
    notice = record_notice(actor=counselor, case=case, received_on=TODAY, on=TODAY)
    record_first_contact(actor=counselor, case=case, office_registered_on=TODAY, on=TODAY)
    facts = Facts.objects.get(pk=case.pk)
    assert (notice.source, facts.notified_on, facts.office_registered_on) == ("office", TODAY, TODAY)
    assert journal(case) == ["cases.open_case", "cases.record_notice", "cases.record_first_contact"]


def test_closing_twice_closes_once_and_keeps_the_decision(new_case, counselor):
    case = new_case()
    for reason in ("emigrated", "deceased"):
        close_case(actor=counselor, case=case, reason=reason, on=TODAY)
    assert (case.closed_on, case.close_reason, Facts.objects.get(pk=case.pk).is_open) == (TODAY, "emigrated", False)
    assert case.decision.outcome == "obliged"


def test_a_closed_case_makes_room_for_a_new_one(new_case, counselor, person):
    someone = person()
    close_case(actor=counselor, case=new_case(someone), reason="mistake", on=TODAY)
    new_case(someone)
    assert Case.objects.filter(person=someone).count() == 2


@pytest.mark.parametrize("act", ["invite", "assign", "choose"])
def test_nothing_more_is_done_with_a_closed_case(new_case, counselor, letter, act):
    case = close_case(actor=counselor, case=new_case(municipality=BRUSSELS), reason="mistake", on=TODAY)
    acts = {
        "invite": lambda: record_invitation(actor=counselor, case=case, document=letter, on=TODAY),
        "assign": lambda: assign_counselor(actor=counselor, cases=[case], counselor=counselor, on=TODAY),
        "choose": lambda: choose_programme(actor=counselor, case=case, programme="brussels-parcours", on=TODAY),
    }
    with pytest.raises(ActRefused):
        acts[act]()


def test_a_mended_name_is_found_after_indexing(new_case, person):
    someone = person("Hadad")
    case = new_case(someone)
    someone.last_name, someone.folded_name = "Haddad", "haddad nour"
    someone.save()
    index_cases(case_ids=[case.pk])
    assert [row.id for row in find_cases(text="hadda", scope=Case.objects.all())] == [case.pk]
    assert Case.objects.get(pk=case.pk).sort_name == "haddad nour"


def test_a_view_is_saved_replaced_and_forgotten_by_its_owner(counselor, staff):
    view = save_view(actor=counselor, name="Late", query="?due=late", on=TODAY)
    assert save_view(actor=counselor, name="Late", query="due=7", on=TODAY) == view
    with pytest.raises(ActRefused):
        delete_view(actor=staff("ANT"), view=view, on=TODAY)
    delete_view(actor=counselor, view=view, on=TODAY)
    assert not SavedView.objects.exists()


def test_the_journal_names_no_person_and_no_value(new_case, counselor):
    case = new_case()
    record_note(actor=counselor, case=case, kind="call", text="Secret", on=TODAY)
    record_notice(actor=counselor, case=case, received_on=TODAY, on=TODAY)
    written = " ".join(f"{entry.subject} {entry.details}" for entry in JournalEntry.objects.all())
    assert not any(word in written for word in ("Haddad", "Nour", "Secret", GHENT))


def test_a_refused_opening_leaves_nothing(counselor, person, rules):
    with pytest.raises(FactError):
        open_case(actor=counselor, person=person(), facts={**ADULT, "nationality": "QQ"}, source="eid", on=TODAY)
    assert not Case.objects.exists()
