"""Two adults share a phone number and a mailbox: each code opens the pages of one, and no letter reaches the other's eyes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from pathways.access.actions import confirm_sign_in_code
from pathways.access.queries import person_meant, read_contact
from pathways.access.sms import latest_text
from pathways.documents.actions import store_document
from pathways.notices.actions import prepare_letter, send_letters
from pathways.notices.models import Letter
from pathways.notices.recipients import Recipient
from pathways.people.queries import is_shared_mailbox
from tests.access.conftest import AT, EMAIL, ON, PHONE
from tests.access.test_sent_codes import ask, figures_in, outbox  # noqa: F401  fixtures are taken by their names


def meant(contact, birth_date, handle=""):
    return person_meant(contact=read_contact(contact), birth_date=birth_date, handle=handle, on=ON)


@pytest.mark.parametrize("contact", [PHONE, EMAIL])
def test_contact_and_birth_date_name_one_of_two(nour, karim, contact):
    nour.enter(), karim.enter()
    assert meant(contact, nour.person.birth_date) == nour.person
    assert meant(contact, karim.person.birth_date) == karim.person


def test_the_code_of_one_never_opens_the_page_of_the_other(nour, karim, ask):  # noqa: F811
    nour_user, karim_user = nour.enter(), karim.enter()
    for_nour, figures = ask(nour), figures_in(latest_text(to=PHONE))
    for_karim = ask(karim)
    assert confirm_sign_in_code(public_id=for_karim.public_id, figures=figures, on=ON, at=AT) in (None, karim_user)
    assert confirm_sign_in_code(public_id=for_nour.public_id, figures=figures, on=ON, at=AT) == nour_user


def test_asking_for_one_leaves_the_code_of_the_other_alone(nour, karim, ask):  # noqa: F811
    user, _other = nour.enter(), karim.enter()
    asked, figures = ask(nour), figures_in(latest_text(to=PHONE))
    ask(karim)
    assert confirm_sign_in_code(public_id=asked.public_id, figures=figures, on=ON, at=AT) == user


def test_twins_on_one_phone_are_told_apart_by_the_number_on_the_letter(nour, adult):
    twin = adult("Haddad", "Rima")
    nour.enter(), twin.enter()
    numbers = [one.person.access_codes.get().handle for one in (nour, twin)]
    assert meant(PHONE, nour.person.birth_date) is None
    assert meant(PHONE, nour.person.birth_date, numbers[0]) == nour.person
    assert meant(PHONE, nour.person.birth_date, numbers[1]) == twin.person
    assert meant(PHONE, nour.person.birth_date, "000000") is None


def write(someone, counselor, channel=Letter.Channel.EMAIL, key="one"):
    paper = store_document(
        actor=None, name="a.pdf", media_type="application/pdf", direction="out", content=b"%PDF-1.7\n%%EOF\n"
    )
    return prepare_letter(
        actor=counselor, office_id=someone.case.office_id, case_reference=someone.case.reference, kind="invitation",
        title="Invitation", recipient=Recipient(name=str(someone.person), email=someone.person.email), language="nl",
        document=paper, channel=channel, dedupe_key=key, needs_approval=False, on=ON,
    )  # fmt: skip


def test_no_letter_is_mailed_to_a_shared_mailbox(nour, karim, counselor):
    assert write(nour, counselor).channel == Letter.Channel.POST


def test_a_letter_goes_to_a_mailbox_of_ones_own(nour, counselor):
    assert write(nour, counselor).channel == Letter.Channel.EMAIL


def test_a_mailbox_that_is_shared_by_now_gets_nothing(nour, adult, counselor):
    letter = write(nour, counselor)
    adult("Haddad", "Karim", birth_date=dt.date(1990, 1, 15), email=EMAIL.title())
    (job,) = send_letters(actor=counselor, letters=[letter], on=ON)
    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == (Letter.State.APPROVED, [])
    assert "Somebody else has this e-mail address" in job.items.get().message


def test_a_mailbox_is_shared_however_it_is_written(nour, karim):
    assert is_shared_mailbox(" Family@Example.BE ")
    assert not is_shared_mailbox("")
    assert not is_shared_mailbox("nobody@example.be")
