"""Prepares the letters that follow a publication: each waits in the queue of its office until a team lead lets it go.

Who was never told of a pathway is invited where there is one to follow, and otherwise not written to. Imported by the app
when it is ready, for the hooks.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.deciding.rule_sets import rule_set_by_id
from pathways.cases.errors import CaseError
from pathways.cases.letters.reminding import remind_nobody_where
from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.typesetting import typeset
from pathways.notices import hooks
from pathways.notices.actions import prepare_letter
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter
from pathways.notices.recipients import Recipient
from pathways.publishing.letters import ChangedLetter, compose_changed, subject_in
from pathways.publishing.models import FollowingCase, Publication
from pathways.publishing.queries import held

if TYPE_CHECKING:
    from pathways.rules import RuleSet

KIND = "publishing.changed"
INVITED = frozenset({"obliged", "entitled"})
hooks.name_kind(KIND, gettext_lazy("Changed rules"))
remind_nobody_where(held)


@hooks.before_sending(KIND)
def check_changed(letter: Letter, _on: dt.date) -> None:
    """What the letter says must still be so: a fact may have changed the decision since."""
    case = Case.objects.select_related("decision").get(reference=letter.case_reference)
    told = FollowingCase.objects.filter(case=case, letter=letter.dedupe_key).first()
    if case.closed_on:
        raise LetterRefused(_("The case is closed."))
    if told is None or told.becomes != case.decision.outcome:
        raise LetterRefused(_("The decision has changed since this letter was written."))


def write_following(row: FollowingCase, publication: Publication, *, on: dt.date) -> Letter | None:
    """The letter of one case that follows; None where there is nothing to say, or nobody to say it for."""
    case = row.case
    if case.office is None or case.closed_on or case.decision.outcome != row.becomes:
        return None
    if case.invited_on is None and case.facts.notified_on is None:
        if row.becomes not in INVITED or case.facts.office_registered_on:
            return None
        try:
            return write_invitation(actor=None, case=case, on=on, needs_approval=True)
        except CaseError:
            return None
    return _write_changed(row, publication, on)


def _write_changed(row: FollowingCase, publication: Publication, on: dt.date) -> Letter:
    case = row.case
    assert case.office is not None
    letter = changed_letter(row, publication, on)
    document = store_document(
        actor=None,
        name=f"{case.reference}-{publication.rule_set.code}.pdf",
        media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=typeset("letter", compose_changed(letter), made_at=dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)),
    )
    return prepare_letter(
        actor=None,
        office_id=case.office.pk,
        case_reference=case.reference,
        kind=KIND,
        title=subject_in(letter.legal_language),
        recipient=Recipient(name=letter.name, address=letter.address, email=case.person.email or ""),
        language=letter.legal_language,
        document=document,
        channel=Letter.Channel.POST,
        dedupe_key=f"{KIND}:{publication.public_id}:{case.reference}",
        needs_approval=True,
        on=on,
    )


def changed_letter(row: FollowingCase, publication: Publication, on: dt.date) -> ChangedLetter:
    """What the letter about a change of this case says."""
    case, person, office = row.case, row.case.person, row.case.office
    assert office is not None
    law, verified = _law(rule_set_by_id(case.decision.duty_rule_set_id), case.decision.rule)
    return ChangedLetter(
        was=row.was,
        becomes=row.becomes,
        since=publication.starts_on or on,
        law=law,
        law_verified=verified,
        name=str(person),
        address=(person.street, f"{person.postal_code} {person.city}".strip()),
        office=office.name,
        city=office.city,
        reference=case.reference,
        legal_language=office.language,
        person_language=(person.contact_language or office.language).partition("-")[0],
        on=on,
    )


def _law(rule_set: RuleSet | None, rule: str | None) -> tuple[str, bool]:
    """The law behind the rule that decided, and whether it was checked in the official text."""
    if rule_set is None:
        return "", True
    status = next((one for one in rule_set.statuses if one.code == rule), None)
    law = status.law if status else rule_set.law
    return law.title, law.confidence == "verified"
