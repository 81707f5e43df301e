"""The list pages: upload, dry run, progress, report, duplicates; and who finds them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from pathways.base.clock import today
from pathways.cases.models import Case
from pathways.people.actions import Newcomer, create_person
from pathways.people.models import Person
from pathways.programmes.models import Office
from pathways.registrations import actions
from pathways.registrations.models import ListImport
from tests.registrations.conftest import ON

pytestmark = pytest.mark.django_db
Upload = Callable[..., ListImport]

HEAD = b"national_number;last_name;first_names;birth_date;municipality;shoe size\n"
GOOD = b"85073003328;Amrani;Nour;1985-07-30;Gent;42\n"
BAD = b";Haddad;Ali;31/02/1990;Gent;43\n"


@pytest.fixture
def desk(client: Client, counselor: User) -> Client:
    client.force_login(counselor)
    return client


def send(client: Client, content: bytes, name: str = "list.csv") -> Any:
    return client.post(reverse("desk:list_upload"), {"file": SimpleUploadedFile(name, content)})


def page(client: Client, name: str, *args: object, **headers: str) -> str:
    response = client.get(reverse(f"desk:{name}", args=args), headers=headers)
    assert response.status_code == 200
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return " ".join(text.split())


def test_from_upload_to_report(desk: Client, django_capture_on_commit_callbacks: Any) -> None:
    assert "No list yet" in page(desk, "lists")
    with django_capture_on_commit_callbacks(execute=True):
        response = send(desk, HEAD + GOOD + BAD)
    one = ListImport.objects.get()
    assert response.url == reverse("desk:list", args=[one.public_id])
    dry = page(desk, "list", one.public_id)
    for text in (
        "What importing this list will do",
        "1 row is refused",
        "does not exist",
        "shoe size",
        "Not used",
        "Import this list",
    ):
        assert text in dry
    assert not Person.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("desk:list_start", args=[one.public_id]))
    report = page(desk, "list", one.public_id)
    assert "What became of the rows" in report
    assert "Import this list" not in report
    assert Case.objects.get().person.last_name == "Amrani"
    assert "list.csv" in page(desk, "lists")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "This file is empty."),
        (HEAD, "no row below them"),
        (b"%PDF-1.4", "neither a CSV file nor an Excel workbook"),
        (b"naam;voornaam\nA;B\n", "Columns are missing: Date of birth, Municipality"),
        (
            b"naam;Nachname;geboren;gemeente\nA;B;1985-07-30;Gent\n",
            "Several headings mean the same column: naam, Nachname",
        ),
    ],
)
def test_a_list_that_cannot_be_used_says_why_beside_the_field(desk: Client, content: bytes, text: str) -> None:
    response = send(desk, content)
    assert response.status_code == 422
    assert text in response.content.decode()
    assert not ListImport.objects.exists()


def test_a_file_too_large_is_not_even_read(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathways.web.desk.lists.forms.MAX_BYTES", 10)
    assert "larger than" in send(desk, HEAD + GOOD).content.decode()


def test_the_same_file_sent_twice_is_one_list(desk: Client) -> None:
    assert send(desk, HEAD + GOOD).url == send(desk, HEAD + GOOD).url
    assert ListImport.objects.count() == 1


def running(upload: Upload, counselor: User) -> ListImport:
    return actions.start_list(actor=counselor, list_import=upload(HEAD + GOOD), on=ON)


def test_progress_is_asked_again_until_it_is_done(desk: Client, upload: Upload, counselor: User) -> None:
    one = running(upload, counselor)
    whole = page(desk, "list", one.public_id)
    fragment = page(desk, "list_progress", one.public_id, **{"HX-Request": "true"})
    assert 'hx-trigger="every 1s"' in fragment
    assert "<html" not in fragment
    assert fragment in whole
    actions.run_list(list_id=one.pk)
    done = desk.get(reverse("desk:list_progress", args=[one.public_id]), headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"


def test_without_scripts_the_link_leads_to_the_page(desk: Client, upload: Upload, counselor: User) -> None:
    one = running(upload, counselor)
    response = desk.get(reverse("desk:list_progress", args=[one.public_id]))
    assert response.url == reverse("desk:list", args=[one.public_id])


def test_a_list_is_being_checked_until_its_rows_are_read(desk: Client, ghent: Office, counselor: User) -> None:
    one = actions.upload_list(actor=counselor, office=ghent, file_name="list.csv", content=HEAD + GOOD, on=ON)
    assert "The list is being checked" in page(desk, "list", one.public_id)


def test_a_failed_list_says_why_and_can_go_on(desk: Client, upload: Upload, counselor: User) -> None:
    one = running(upload, counselor)
    ListImport.objects.update(state="failed", failure={"code": "interrupted", "params": {}})
    assert "Go on with this list" in page(desk, "list", one.public_id)
    desk.post(reverse("desk:list_start", args=[one.public_id]))
    one.refresh_from_db()
    assert one.state == "running"


def test_cancelling_discards_the_list(desk: Client, upload: Upload) -> None:
    one = upload(HEAD + GOOD)
    desk.post(reverse("desk:list_cancel", args=[one.public_id]))
    assert "The list was cancelled" in page(desk, "list", one.public_id)
    response = desk.post(reverse("desk:list_start", args=[one.public_id]), follow=True)
    assert "can no longer be started" in response.content.decode()


@pytest.mark.parametrize(("name", "start"), [("list_refused", b"\xef\xbb\xbf"), ("list_refused_workbook", b"PK")])
def test_refused_rows_can_be_downloaded(desk: Client, upload: Upload, name: str, start: bytes) -> None:
    response = desk.get(reverse(f"desk:{name}", args=[upload(HEAD + BAD).public_id]))
    assert response.content.startswith(start)
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_list_can_be_downloaded(desk: Client, kind: str) -> None:
    assert desk.get(reverse("desk:list_example", args=[kind])).status_code == 200


@pytest.mark.parametrize("same", [True, False])
def test_a_probable_duplicate_is_decided_on_its_page(desk: Client, upload: Upload, run: Any, same: bool) -> None:
    known = create_person(actor=None, newcomer=Newcomer("Amrani", "Nour", dt.date(1985, 7, 30)), on=ON)
    one = run(upload(HEAD + GOOD))
    text = page(desk, "list_duplicates", one.public_id)
    assert "1 row waits for your word" in text
    assert str(known.public_id) in text
    answer = str(known.public_id) if same else "different"
    desk.post(reverse("desk:list_duplicate", args=[one.public_id, 2]), {"person": answer})
    assert Person.objects.count() == (1 if same else 2)
    assert "All rows are decided" in page(desk, "list_duplicates", one.public_id)


def test_a_stranger_cannot_be_chosen_for_a_duplicate(desk: Client, upload: Upload, run: Any) -> None:
    create_person(actor=None, newcomer=Newcomer("Amrani", "Nour", dt.date(1985, 7, 30)), on=ON)
    stranger = create_person(actor=None, newcomer=Newcomer("Haddad", "Ali", dt.date(1990, 1, 1)), on=ON)
    one = run(upload(HEAD + GOOD))
    desk.post(reverse("desk:list_duplicate", args=[one.public_id, 2]), {"person": str(stranger.public_id)})
    assert one.rows.get().state == "duplicate"


PAGES = ["list", "list_progress", "list_refused", "list_refused_workbook", "list_duplicates"]


@pytest.mark.parametrize("name", PAGES)
def test_a_list_of_another_office_is_not_found(
    client: Client, upload: Upload, antwerp: Office, user_in: Callable[..., User], name: str
) -> None:
    client.force_login(user_in(antwerp, "team_lead"))
    one = upload(HEAD + BAD)
    assert client.get(reverse(f"desk:{name}", args=[one.public_id])).status_code == 404
    assert client.post(reverse("desk:list_start", args=[one.public_id])).status_code == 404
    assert "list.csv" not in page(client, "lists")


def test_a_team_lead_of_the_office_finds_it(
    client: Client, upload: Upload, ghent: Office, user_in: Callable[..., User]
) -> None:
    client.force_login(user_in(ghent, "team_lead"))
    assert "list.csv" in page(client, "list", upload(HEAD + GOOD).public_id)


@pytest.mark.parametrize("role", ["teacher", "administrator", "analyst", "newcomer"])
def test_other_roles_find_no_lists(client: Client, ghent: Office, user_in: Callable[..., User], role: str) -> None:
    client.force_login(user_in(ghent if role == "teacher" else None, role))
    assert client.get(reverse("desk:lists")).status_code == 404
    assert send(client, HEAD + GOOD).status_code == 404


def test_an_office_of_somebody_else_cannot_be_chosen(desk: Client, antwerp: Office) -> None:
    data = {"file": SimpleUploadedFile("list.csv", HEAD + GOOD), "office": antwerp.pk}
    desk.post(reverse("desk:list_upload"), data)
    assert not ListImport.objects.filter(office=antwerp).exists()


def test_a_page_of_a_list_needs_a_fixed_number_of_queries(
    desk: Client, upload: Upload, django_assert_max_num_queries: Any
) -> None:
    small, large = upload(HEAD + BAD), upload(HEAD + BAD * 150)
    for one in (small, large):
        with django_assert_max_num_queries(12):
            page(desk, "list", one.public_id)


def test_a_get_writes_nothing(desk: Client, upload: Upload) -> None:
    one = upload(HEAD + GOOD + BAD)
    before = ListImport.objects.values().get()
    for name in PAGES:
        desk.get(reverse(f"desk:{name}", args=[one.public_id]))
    assert ListImport.objects.values().get() == before
    assert one.on <= today()
