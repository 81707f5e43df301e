"""Something is wrong: it reaches the counselor as a task, the answer comes back with a reason, and facts decide again."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.errors import ActRefused, FactError
from pathways.cases.models import Case, CaseDocument, SearchWord
from pathways.correspondence.actions import answer_correction, ask_correction, withdraw_correction
from pathways.correspondence.models import CorrectionRequest, Message
from pathways.correspondence.queries import conversation_of_person, unread_for
from pathways.correspondence.subjects import Subject, read_subject
from tests.correspondence.conftest import TODAY
from tests.correspondence.test_messages import PAPER, tasks

NATIONALITY = Subject("fact", "nationality")


@pytest.fixture
def ask(case, nour):
    def send(subject=NATIONALITY, text="Ik ben Fransman", **more):
        return ask_correction(actor=nour.user, case=case, subject=subject, text=text, language="nl", on=TODAY, **more)

    return send


@pytest.fixture
def answer(counselor):
    def send(request, corrected=True, reason="Seen on the passport", **more):
        more.setdefault("source", "document")
        return answer_correction(
            actor=counselor, request=request, corrected=corrected, reason=reason, language="nl", on=TODAY, **more
        )

    return send


def outcome(case):
    return Case.objects.select_related("decision").get(pk=case.pk).decision.outcome


def test_it_is_a_task_until_it_is_answered(case, ask, answer):
    request = ask()
    assert (tasks(case)["answer_correction"] - TODAY).days == 14
    answer(request, corrected=False)
    assert "answer_correction" not in tasks(case)


def test_what_stood_there_is_kept_with_the_request(case, ask):
    assert ask().shown == "SY"
    assert ask(Subject("decision")).shown == "obliged"
    assert ask(Subject("identity", "last_name")).shown is None


def test_the_same_asked_twice_is_one_request(ask):
    assert ask() == ask(text="Again")


def test_a_corrected_fact_decides_the_case_again_with_its_source(case, ask, answer):
    before = outcome(case)
    request = answer(ask(papers=[PAPER]), facts={"nationality": "FR"}, evidence="passport.jpg")
    assert (before, outcome(case)) == ("obliged", "exempt")
    assert (request.state, request.fact_change.source) == ("corrected", "document")
    assert request.fact_change.changes["nationality"] == ["SY", "FR"]


def test_the_answer_comes_back_with_its_reason(nour, ask, answer):
    answer(ask(), corrected=False, reason="The passport says otherwise")
    (message,) = conversation_of_person(nour)
    assert (message.text, message.correction.state) == ("The passport says otherwise", "kept")
    assert unread_for(nour) == 1


def test_an_answer_needs_a_reason(ask, answer):
    with pytest.raises(ActRefused, match="why"):
        answer(ask(), reason=" ")


def test_an_answer_cannot_be_given_twice(ask, answer):
    request = ask()
    answer(request, corrected=False)
    with pytest.raises(ActRefused, match="already"):
        answer(request, facts={"nationality": "FR"})
    assert Message.objects.count() == 1


def test_a_correction_to_what_is_known_already_is_refused_whole(case, ask, answer):
    request = ask()
    with pytest.raises(ActRefused, match="recorded already"):
        answer(request, facts={"nationality": "SY"})
    request.refresh_from_db()
    assert (request.state, Message.objects.count()) == ("asked", 0)


def test_a_fact_that_cannot_be_is_refused_whole(case, ask, answer):
    request = ask(Subject("fact", "birth_date"))
    with pytest.raises(FactError, match="future"):
        answer(request, facts={"birth_date": TODAY + dt.timedelta(days=1)})
    request.refresh_from_db()
    assert request.state == "asked"


def test_a_corrected_birth_date_is_that_of_the_person_too(case, nour, ask, answer):
    answer(ask(Subject("fact", "birth_date")), facts={"birth_date": dt.date(1994, 2, 5)})
    nour.refresh_from_db()
    case.facts.refresh_from_db()
    assert nour.birth_date == case.facts.birth_date == dt.date(1994, 2, 5)


def test_a_corrected_name_is_found_by_searching(case, nour, ask, answer):
    answer(ask(Subject("identity", "last_name")), identity={"last_name": "Haddadi"})
    nour.refresh_from_db()
    assert nour.last_name == "Haddadi"
    assert SearchWord.objects.filter(case=case, word="haddadi").exists()


def test_a_date_that_another_act_has_put_right_is_answered_too(ask, answer):
    assert answer(ask(Subject("decision"))).state == "corrected"


def test_it_can_be_taken_back_before_the_answer_and_not_after(nour, ask, answer):
    request = ask()
    for _time in range(2):
        assert withdraw_correction(actor=nour.user, request=request, on=TODAY).state == "withdrawn"
    with pytest.raises(ActRefused, match="already"):
        answer(request)
    other = ask()
    answer(other, corrected=False)
    with pytest.raises(ActRefused, match="already"):
        withdraw_correction(actor=nour.user, request=other, on=TODAY)


def test_its_papers_are_evidence_of_the_case(case, ask):
    ask(papers=[PAPER])
    assert CaseDocument.objects.get(case=case).kind == "evidence"


@pytest.mark.parametrize("text", ["fact:birth_date", "deadline:first_contact", "decision", "identity:sex"])
def test_what_an_address_names_can_be_read(text):
    assert str(read_subject(text)) == text


@pytest.mark.parametrize(
    "text", ["", "fact:", "fact:password", "deadline:never", "decision:x", "identity:email", "x:y"]
)
def test_an_address_that_names_nothing_is_nothing(text):
    assert read_subject(text) is None


def test_a_request_without_words_is_refused(ask):
    with pytest.raises(ActRefused, match="what is wrong"):
        ask(text=" ")
    assert not CorrectionRequest.objects.exists()
