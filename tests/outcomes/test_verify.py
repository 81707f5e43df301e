"""The check for anyone: what must stand on the paper and nothing else; guessing tells nothing."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pathways.outcomes.actions import replace_certificate, revoke_certificate
from pathways.web.public import limiting
from tests.outcomes.conftest import CHECK_AT, TODAY


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    cache.clear()


def page(client, code: str) -> tuple[int, str]:
    answer = client.get(reverse("verify_code", args=[code]))
    return answer.status_code, answer.content.decode().partition("<main")[2]


def test_a_code_shows_what_stands_on_the_paper_and_no_name(client, followed, issue) -> None:
    certificate = issue(followed())
    status, html = page(client, certificate.code)
    assert status == 200
    for words in (certificate.number, "N. H.", "8 hours attended", "genuine and valid"):
        assert words in html
    for hidden in ("Nour", "Haddad", certificate.case.reference):
        assert hidden not in html


def test_a_code_may_be_typed_in_small_letters_and_groups(client, followed, issue) -> None:
    code = issue(followed()).code.lower()
    answer = client.get(reverse("verify"), {"code": f" {code[:4]}-{code[4:8]} {code[8:]}"}, follow=True)
    assert answer.status_code == 200


def test_unknown_and_malformed_codes_look_alike(client, followed, issue) -> None:
    issue(followed())
    answers = []
    for code in ("ABCDEFGHJKMN", "x", "é" * 30, "0" * 400, "%00"):
        with CaptureQueriesContext(connection) as asked:
            answers.append((*page(client, code), len(asked)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 404


def test_a_revoked_certificate_says_so(client, followed, issue, lead) -> None:
    certificate = revoke_certificate(actor=lead, certificate=issue(followed()), reason="A secret.", on=TODAY)
    _status, html = page(client, certificate.code)
    assert "revoked and is no longer valid" in html
    assert "A secret." not in html


def test_a_replaced_certificate_does_not_lead_to_the_new_one(client, followed, issue, lead) -> None:
    old = issue(followed())
    new = replace_certificate(actor=lead, certificate=old, reason="Lost.", on=TODAY, check_at=CHECK_AT)
    _status, html = page(client, old.code)
    assert "replaced by a newer one" in html
    assert new.code not in html
    assert new.number not in html


def test_who_asks_too_often_waits_whatever_the_code(client, followed, issue, monkeypatch) -> None:
    monkeypatch.setattr(limiting, "MOST", 3)
    code = issue(followed()).code
    for _time in range(3):
        page(client, "ABCDEFGHJKMN")
    assert page(client, code) == page(client, "ABCDEFGHJKMN")
    assert page(client, code)[0] == 429
