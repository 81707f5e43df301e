"""A GET writes nothing but the view log; a signed-in user reads in their language."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import Organisation, User
from pathways.audit.actions import record_act, record_view
from pathways.audit.models import ViewEntry
from pathways.web.middleware import GetWroteError, forbidden_write, get_writes_nothing
from tests.web.people import make_user


def _answer(method, work):
    def view(_request):
        work()
        return HttpResponse("done")

    return get_writes_nothing(view)(RequestFactory().generic(method, "/"))


def _write():
    Organisation.objects.create(code="x", name="X", kind="office")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_get_that_writes_is_stopped(db, method):
    with pytest.raises(GetWroteError, match="accounts_organisation"):
        _answer(method, _write)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_post_may_write(db, method):
    assert _answer(method, _write).content == b"done"


def test_a_get_may_log_that_a_file_was_seen(db):
    user = make_user("counselor")
    _answer("GET", lambda: record_view(actor=user, case_id=1, page="case", purpose="follow_up"))
    assert ViewEntry.objects.count() == 1


def test_a_get_may_not_even_write_the_journal(db):
    with pytest.raises(GetWroteError, match="audit_journalentry"):
        _answer("GET", lambda: record_act(actor=None, act="accounts.test"))


def test_after_the_get_the_connection_writes_again(db):
    with pytest.raises(GetWroteError), transaction.atomic():
        _answer("GET", _write)
    _write()
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        'INSERT INTO "cases_case" ("id") VALUES (%s)',
        'UPDATE "cases_case" SET "id" = %s',
        "update only cases_case set id = 1",
        "DELETE FROM cases_case WHERE id = 1",
        "WITH gone AS (DELETE FROM cases_case RETURNING id) SELECT * FROM gone",
        "WITH a AS (SELECT 1) INSERT INTO cases_case SELECT 1 ON CONFLICT DO NOTHING",
        "MERGE INTO cases_case USING x ON true",
        "TRUNCATE TABLE cases_case",
        "COPY cases_case FROM STDIN",
    ],
)
def test_every_way_to_write_is_seen(statement):
    assert forbidden_write(statement) == "cases_case"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM cases_case",
        "SELECT * FROM cases_case FOR UPDATE OF cases_case",
        "SELECT * FROM cases_case FOR NO KEY UPDATE OF cases_case",
        'INSERT INTO "audit_viewentry" ("page") VALUES (%s)',
        'UPDATE "django_session" SET "session_data" = %s',
        'INSERT INTO "mfa_authenticator" ("id") VALUES (%s)',
        "SELECT updated_at FROM people_person",
        "SAVEPOINT a",
    ],
)
def test_reading_locking_the_view_log_and_the_session_are_free(statement):
    assert forbidden_write(statement) == ""


def test_a_user_reads_in_the_language_they_chose_on_whatever_device(client, db):
    client.force_login(make_user("somebody"))
    User.objects.update(language="fr")
    assert 'lang="fr"' in client.get(reverse("start"), headers={"accept-language": "de"}).content.decode()


def test_a_language_that_was_chosen_stays_with_the_user(client, db):
    client.force_login(make_user("somebody"))
    client.post(reverse("set_language"), {"language": "nl", "next": "/start/"})
    assert User.objects.get().language == "nl"


def test_a_language_that_does_not_exist_is_not_remembered(client, db):
    client.force_login(make_user("somebody"))
    client.post(reverse("set_language"), {"language": "xx", "next": "/start/"})
    assert User.objects.get().language == "en"


def test_somebody_who_is_not_signed_in_may_choose_a_language_too(client, db):
    answer = client.post(reverse("set_language"), {"language": "de", "next": "/"})
    assert (answer.url, client.cookies["django_language"].value) == ("/", "de")
