"""A form that is sent twice does its work once."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import Context, Template
from django.test import RequestFactory

from accounts.models import Organisation
from pathways.base.clock import now
from pathways.web.actions import forget_sent_forms
from pathways.web.models import SentForm
from pathways.web.sending import FIELD, new_token, send_once
from tests.web.people import make_user

TOKEN = "a-token-of-some-length"


@pytest.fixture
def user(db):
    return make_user("counselor")


@pytest.fixture
def sent():
    """The work done, one entry per time."""
    return []


def _send(user, sent, answer=None, **fields):
    request = RequestFactory().post("/act/", {FIELD: TOKEN, **fields})

    def work():
        sent.append(fields)
        return answer or redirect(f"/done/{len(sent)}/")

    return send_once(request, actor=user, work=work)


def test_the_second_sending_gets_the_first_answer(user, sent):
    first, second = _send(user, sent, text="a"), _send(user, sent, text="a")
    assert (first.url, second.url, len(sent)) == ("/done/1/", "/done/1/", 1)


def test_without_a_token_every_sending_is_work(user, sent):
    request = RequestFactory().post("/act/", {"text": "a"})
    for _time in range(2):
        send_once(request, actor=user, work=lambda: sent.append(1) or redirect("/done/"))
    assert len(sent) == 2


def test_a_form_that_was_changed_after_going_back_is_a_new_one(user, sent):
    _send(user, sent, text="a")
    _send(user, sent, text="b")
    assert len(sent) == 2


def test_another_file_is_another_sending(user, sent):
    for content in (b"a", b"bb"):
        _send(user, sent, file=SimpleUploadedFile("list.csv", content))
    assert len(sent) == 2


def test_another_user_is_another_sending(user, sent):
    _send(user, sent)
    _send(make_user("colleague"), sent)
    assert len(sent) == 2


@pytest.mark.parametrize("status", [200, 400, 404, 422])
def test_what_did_no_work_may_be_sent_again(user, sent, status):
    for _time in range(2):
        _send(user, sent, answer=HttpResponse("look at your form", status=status))
    assert len(sent) == 2


def _break() -> HttpResponse:
    raise ZeroDivisionError


def test_a_sending_that_breaks_leaves_nothing_behind(user, sent):
    with pytest.raises(ZeroDivisionError):
        send_once(RequestFactory().post("/act/", {FIELD: TOKEN}), actor=user, work=_break)
    assert not SentForm.objects.exists()
    _send(user, sent)
    assert len(sent) == 1


def test_a_redirect_told_to_htmx_is_told_again(user, sent):
    answer = HttpResponse(status=204, headers={"HX-Redirect": "/done/"})
    _send(user, sent, answer=answer)
    again = _send(user, sent, answer=answer)
    assert (again.status_code, again["HX-Redirect"], len(sent)) == (204, "/done/", 1)


def test_after_a_day_it_is_forgotten(user, sent):
    _send(user, sent)
    assert forget_sent_forms(at=now()) == 0
    assert forget_sent_forms(at=now() + dt.timedelta(hours=25)) == 1


def test_the_tag_writes_a_fresh_token_each_time():
    template = Template("{% load pw %}{% idempotency %}")
    assert template.render(Context()) != template.render(Context())
    assert f'name="{FIELD}"' in template.render(Context())
    assert len(new_token()) >= 16


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_moment_do_the_work_once():
    user, sent, working, both = make_user("counselor"), [], threading.Event(), []

    def work():
        sent.append(Organisation.objects.create(code=f"x{len(sent)}", name="X", kind="office").code)
        working.set()
        return redirect(f"/done/{len(sent)}/")

    def send():
        try:
            request = RequestFactory().post("/act/", {FIELD: TOKEN})
            with transaction.atomic():
                both.append(send_once(request, actor=user, work=work).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _time in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (both, len(sent)) == (["/done/1/", "/done/1/"], 1)
