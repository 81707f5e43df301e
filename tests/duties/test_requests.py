"""Requests on a ground: who asks, who decides, with which papers, and what comes of it."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.errors import ActRefused
from pathways.cases.evidence import media_type_of
from pathways.cases.models import Case, CaseDocument
from pathways.duties.actions import Paper, decide_ground, end_ground, request_ground, withdraw_ground
from pathways.duties.models import GroundRequest
from pathways.notices.models import Letter
from tests.duties.conftest import DAY, TODAY, check_now, due

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0....\xff\xd9"


def ask(case, actor, ground="diploma", **more):
    return request_ground(actor=actor, case=case, ground=ground, on=TODAY, **more)


def outcome(case):
    return Case.objects.select_related("decision").get(pk=case.pk).decision.outcome


def test_a_granted_exemption_frees_and_says_so_in_a_letter(case, counselor):
    request = ask(case, counselor, papers=[Paper("Diplôme.PDF", PDF)])
    assert outcome(case) == "obliged"
    decided = decide_ground(actor=counselor, request=request, granted=True, reason="Seen", on=TODAY).request
    assert outcome(case) == "exempt"
    letter = Letter.objects.get(case_reference=case.reference)
    assert letter.document == decided.letter
    assert bytes(letter.document.content).startswith(b"%PDF")


def test_an_exemption_that_ends_obliges_again(case, counselor):
    request = decide_ground(
        actor=counselor, request=ask(case, counselor), granted=True, reason="Seen", on=TODAY
    ).request
    end_ground(actor=counselor, request=request, last_on=TODAY - DAY, reason="Diploma was false", on=TODAY)
    assert outcome(case) == "obliged"


def test_a_refusal_changes_nothing_but_is_told(case, counselor):
    before = due(case)
    decide_ground(actor=counselor, request=ask(case, counselor), granted=False, reason="Not Belgian", on=TODAY)
    assert (outcome(case), due(case)) == ("obliged", before)
    assert Letter.objects.filter(case_reference=case.reference).count() == 1


def test_a_decision_sent_twice_counts_once_and_cannot_be_turned(case, counselor):
    request = ask(case, counselor)
    for _time in range(2):
        decide_ground(actor=counselor, request=request, granted=True, reason="Seen", on=TODAY)
    with pytest.raises(ActRefused, match="decided already"):
        decide_ground(actor=counselor, request=request, granted=False, reason="No", on=TODAY)
    assert JournalEntry.objects.filter(act="duties.grant_ground").count() == 1


def test_a_request_sent_twice_is_one(case, counselor):
    assert ask(case, counselor) == ask(case, counselor)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_needs_a_reason(case, counselor, reason):
    with pytest.raises(ActRefused, match="reason"):
        decide_ground(actor=counselor, request=ask(case, counselor), granted=True, reason=reason, on=TODAY)


def test_the_role_that_the_ground_names_decides_else_the_team_lead(case, counselor, lead, staff):
    named, silent = ask(case, counselor), ask(case, counselor, "work", first_on=TODAY, last_on=TODAY)
    with pytest.raises(ActRefused, match="role"):
        decide_ground(actor=counselor, request=silent, granted=True, reason="Yes", on=TODAY)
    with pytest.raises(ActRefused, match="role"):
        decide_ground(actor=staff("ANT", "team_lead"), request=silent, granted=True, reason="Yes", on=TODAY)
    decide_ground(actor=lead, request=silent, granted=True, reason="Yes", on=TODAY)
    decide_ground(actor=counselor, request=named, granted=True, reason="Yes", on=TODAY)


def test_a_postponement_lengthens_the_term_of_its_ground(case, lead):
    before = due(case, "completion")
    request = ask(case, lead, "longer", term_days=100)
    decide_ground(actor=lead, request=request, granted=True, reason="New school year", on=TODAY)
    assert due(case, "completion") == before + 100 * DAY
    check_now()


@pytest.mark.parametrize(
    ("ground", "more", "words"),
    [
        ("moon", {}, "no such ground"),
        ("work", {}, "first and a last day"),
        ("work", {"first_on": TODAY, "last_on": TODAY - DAY}, "before the first"),
        ("work", {"first_on": TODAY, "last_on": TODAY + 4000 * DAY}, "ten years"),
        ("longer", {}, "how many days"),
        ("diploma", {"papers": [Paper("virus.pdf", b"MZ....")]}, "neither a PDF nor a photo"),
    ],
)
def test_what_is_not_whole_is_refused_in_words(case, counselor, ground, more, words):
    with pytest.raises(ActRefused, match=words):
        ask(case, counselor, ground, **more)
    assert not GroundRequest.objects.exists()


def test_a_renewal_is_refused_where_the_rule_forbids_it(case, lead, suspend):
    first = suspend(TODAY, TODAY + 4 * DAY, "birth")
    day = TODAY + 5 * DAY
    with pytest.raises(ActRefused, match="renewed"):
        ask(case, lead, "birth", first_on=day, last_on=day, renews=first)


def test_a_renewal_follows_the_suspension_it_renews(case, lead, suspend):
    first = suspend(TODAY, TODAY + 4 * DAY)
    day = TODAY + 5 * DAY
    again = ask(case, lead, "work", first_on=day, last_on=day + 4 * DAY, renews=first)
    decide_ground(actor=lead, request=again, granted=True, reason="Still", on=TODAY)
    assert due(case) == dt.date(2026, 5, 12)


def test_a_request_is_taken_back_until_it_is_decided(case, counselor):
    request = ask(case, counselor)
    assert withdraw_ground(actor=counselor, request=request, on=TODAY).state == "withdrawn"
    with pytest.raises(ActRefused):
        decide_ground(actor=counselor, request=request, granted=True, reason="Yes", on=TODAY)


def test_papers_are_known_by_their_content_and_kept_with_the_case(case, counselor):
    ask(case, counselor, papers=[Paper("../a/photo.exe", PNG), Paper("scan", JPEG)])
    names = CaseDocument.objects.filter(case=case, kind="evidence").order_by("pk").values_list("document__name")
    assert [name for (name,) in names] == ["photo.png", "scan.jpg"]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7 cut off", PNG[:20], b"<svg/>"])
def test_other_content_is_no_paper(content):
    assert media_type_of(content) is None
