"""The acts on one case: each a small form of its own address, an action, and back to the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.roles import Role
from pathways.cases import actions, permissions
from pathways.cases.errors import CaseError, FactError
from pathways.cases.letters import Invitation, letter_languages
from pathways.cases.letters.writing import (
    invitation_of,
    typeset_invitation,
    waiting_invitation,
    write_invitation,
)
from pathways.cases.models import Case, CaseDocument, Note, Source
from pathways.cases.own_facts import recordable_for
from pathways.cases.queries.overview import values_of
from pathways.cases.values import RECORDABLE
from pathways.moves.queries import started_move
from pathways.people.actions import CONTACT_FIELDS, update_contact
from pathways.programmes.queries import offices_for
from pathways.rules import GROUP_LABELS, Own
from pathways.web.desk.act_forms import (
    ChannelForm,
    CloseForm,
    ContactForm,
    DayForm,
    FactForm,
    NoteForm,
    OfficeForm,
    ProgrammeForm,
)
from pathways.web.desk.fact_fields import initial_of
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at
from pathways.web.names import fact_label, language_name

Run = Callable[[Case, dict[str, Any]], object]


def _act(
    request: StaffRequest, case: Case, form: forms.Form, title: str, run: Run, *, done: str, button: str, **more: Any
) -> HttpResponse:
    """Shows the form, or runs the act and goes back; what the act refuses is said on the form and nothing is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            run(case, form.cleaned_data)
        except FactError as error:
            for problem in error.problems:
                form.add_error(None, f"{problem.message} {problem.remedy}")
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return _back(request, case)
    context = {
        "case": case,
        "form": form,
        "title": title,
        "button": button,
        "back": request.GET.get("back", ""),
        **more,
    }
    return render(request, "desk/case/act.html", context, status=422 if form.errors else 200)


def _back(request: StaffRequest, case: Case) -> HttpResponse:
    """To the page the form was opened from; to the list where the act has taken the case away from the user."""
    if not Case.objects.visible_to(request.user, on=request.today).filter(pk=case.pk).exists():
        return redirect("desk:cases")
    if request.GET.get("fact") == "municipality" and started_move(case):
        messages.info(request, _("This address lies in another region. It is not recorded as a fact: guide the move."))
        return redirect("desk:case_move", case.reference)
    return redirect("desk:why" if request.POST.get("back") == "why" else "desk:case", case.reference)


def _data(request: StaffRequest) -> Any:
    """What the form is bound to: the sent values, or nothing yet."""
    return request.POST if request.method == "POST" else None


@desk_page
def record_fact(request: StaffRequest, reference: str) -> HttpResponse:
    """Records or corrects one fact; without one chosen, shows all facts of the case to choose from."""
    case = get_case(request, reference, permissions.can_record_fact, page="facts")
    language, name = get_language() or "en", request.GET.get("fact", "")
    if not name:
        return render(request, "desk/case/facts.html", {"case": case, "groups": _fact_groups(request, case, language)})
    if name not in RECORDABLE and name not in _own_facts(request, case):
        raise Http404
    initial = {"value": initial_of(name, values_of(case.facts).get(name)), "source": Source.STATEMENT}
    form = FactForm(_data(request), initial=initial, fact=name, language=language)

    def run(case: Case, data: dict[str, Any]) -> object:
        origin = {key: data[key] for key in ("source", "evidence", "valid_since")}
        return actions.record_facts(
            actor=request.user, case=case, facts={name: data["value"]}, on=request.today, **origin
        )

    title = fact_label(name, language)
    return _act(request, case, form, title, run, done=_("The fact is recorded."), button=_("Record the fact"))


def _own_facts(request: StaffRequest, case: Case) -> Own:
    """The own facts of the case's programme that the user may record."""
    return recordable_for(case, leads=Role.TEAM_LEAD in roles_at(request, case))


def _fact_groups(request: StaffRequest, case: Case, language: str) -> list[dict[str, Any]]:
    """The recordable facts by group, each with what is known."""
    groups: dict[str, list[dict[str, Any]]] = {}
    values = values_of(case.facts)
    for name, fact in {**RECORDABLE, **_own_facts(request, case)}.items():
        label = fact.labels.get(language) or fact.labels["en"]
        groups.setdefault(fact.group, []).append({"name": name, "label": label, "known": values.get(name) is not None})
    return [{"title": GROUP_LABELS[group][language], "facts": facts} for group, facts in groups.items()]


@desk_page
def record_note(request: StaffRequest, reference: str) -> HttpResponse:
    """Writes a note."""
    case = get_case(request, reference, permissions.can_record_note)
    form = NoteForm(_data(request), initial={"on": request.today, "kind": Note.Kind.NOTE})

    def run(case: Case, data: dict[str, Any]) -> object:
        return actions.record_note(actor=request.user, case=case, **data)

    return _act(request, case, form, _("Note"), run, done=_("The note is kept."), button=_("Keep the note"))


@desk_page
def record_notice(request: StaffRequest, reference: str) -> HttpResponse:
    """Records the day on which the person received the notice of the duty."""
    case = get_case(request, reference, permissions.can_record_fact)
    form = DayForm(_data(request), initial={"day": case.facts.notified_on or request.today})

    def run(case: Case, data: dict[str, Any]) -> object:
        return actions.record_notice(actor=request.user, case=case, received_on=data["day"], on=request.today)

    title = _("The person received the letter on")
    return _act(request, case, form, title, run, done=_("The day is recorded."), button=_("Record the day"))


@desk_page
def record_first_contact(request: StaffRequest, reference: str) -> HttpResponse:
    """Records the day on which the person reported to the office."""
    case = get_case(request, reference, permissions.can_record_fact)
    form = DayForm(_data(request), initial={"day": case.facts.office_registered_on or request.today})

    def run(case: Case, data: dict[str, Any]) -> object:
        return actions.record_first_contact(
            actor=request.user, case=case, office_registered_on=data["day"], on=request.today
        )

    title = _("The person reported to the office on")
    return _act(
        request, case, form, title, run, done=_("The first contact is recorded."), button=_("Record the contact")
    )


@desk_page
def choose_programme(request: StaffRequest, reference: str) -> HttpResponse:
    """Records which programme a person in Brussels has chosen; to change it later is a page of its own."""
    case = get_case(request, reference, permissions.can_choose_programme)
    if case.programme:
        return redirect("desk:case_move_programme", reference)
    form = ProgrammeForm(
        _data(request), initial={"programme": case.programme}, region=case.region, language=get_language() or "en"
    )

    def run(case: Case, data: dict[str, Any]) -> object:
        return actions.choose_programme(actor=request.user, case=case, programme=data["programme"], on=request.today)

    title = _("Which programme does the person choose?")
    return _act(request, case, form, title, run, done=_("The choice is recorded."), button=_("Record the choice"))


@desk_page
def hand_over(request: StaffRequest, reference: str) -> HttpResponse:
    """Hands the case to another office that runs its programme, with a word for the colleagues there."""
    case = get_case(request, reference, permissions.can_assign_office)
    offices = offices_for(region=case.region, programme=case.programme, on=request.today).exclude(
        pk=case.office_id or 0
    )
    form = OfficeForm(_data(request), offices=offices)

    def run(case: Case, data: dict[str, Any]) -> object:
        actions.assign_office(actor=request.user, cases=[case], office=data["office"], on=request.today)
        text, kind = data["message"], Note.Kind.NOTE
        return text and actions.record_note(actor=request.user, case=case, kind=kind, text=text, on=request.today)

    done = _("The case of %(person)s is with the other office now.") % {"person": case.person}
    return _act(request, case, form, _("Hand to another office"), run, done=done, button=_("Hand the case over"))


@desk_page
def close_case(request: StaffRequest, reference: str) -> HttpResponse:
    """Closes the case with a reason."""
    case = get_case(request, reference, permissions.can_close_case)
    form = CloseForm(_data(request))

    def run(case: Case, data: dict[str, Any]) -> object:
        return actions.close_case(actor=request.user, case=case, reason=data["reason"], on=request.today)

    return _act(
        request, case, form, _("Close the case"), run, done=_("The case is closed."), button=_("Close the case")
    )


@desk_page
def change_contact(request: StaffRequest, reference: str) -> HttpResponse:
    """Mends address, phone, e-mail or contact language."""
    case = get_case(request, reference, permissions.can_record_fact)
    known = {name: getattr(case.person, name) for name in CONTACT_FIELDS}
    form = ContactForm(_data(request), initial=known, language=get_language() or "en")

    def run(case: Case, data: dict[str, Any]) -> object:
        return update_contact(actor=request.user, person=case.person, changes=data, on=request.today, case_id=case.pk)

    return _act(request, case, form, _("Contact"), run, done=_("The contact data are mended."), button=_("Keep"))


@desk_page
def invitation(request: StaffRequest, reference: str) -> HttpResponse:
    """Shows the invitation before it is written; written, it waits in the queue of letters."""
    case = get_case(request, reference, permissions.can_send_invitation, page="invitation")
    form = ChannelForm(_data(request), email=case.person.email)
    try:
        letter = invitation_of(case=case, on=request.today)
        if request.method == "POST" and form.is_valid():
            written = write_invitation(
                actor=request.user, case=case, on=request.today, channel=form.cleaned_data["channel"]
            )
            messages.success(request, _("The invitation is written. Send it from here."))
            return redirect("desk:letter", written.public_id)
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("desk:case", case.reference)
    return render(request, "desk/case/invitation.html", _invitation_context(request, case, letter, form))


def _invitation_context(request: StaffRequest, case: Case, letter: Invitation, form: ChannelForm) -> dict[str, Any]:
    """What the page says of the letter, and whether one waits already."""
    language = get_language() or "en"
    spoken = letter.person_language if letter.person_language in letter_languages() else "en"
    return {
        "case": case,
        "letter": letter,
        "form": form,
        "waiting": waiting_invitation(case.reference, on=request.today),
        "legal_language": language_name(letter.legal_language, language),
        "person_language": language_name(spoken, language) if spoken != letter.legal_language else _("None needed"),
    }


@desk_page
def invitation_preview(request: StaffRequest, reference: str) -> HttpResponse:
    """The invitation as PDF, not kept."""
    case = get_case(request, reference, permissions.can_send_invitation, page="invitation_preview")
    try:
        content = typeset_invitation(case=case, on=request.today)
    except CaseError as error:
        raise Http404 from error
    return _pdf(content, f"{case.reference}.pdf")


@desk_page
def document(request: StaffRequest, reference: str, public_id: str) -> HttpResponse:
    """A paper of the case."""
    case = get_case(request, reference, page="document")
    paper = get_object_or_404(CaseDocument.objects.select_related("document"), case=case, document__public_id=public_id)
    return _pdf(bytes(paper.document.content), paper.document.name, paper.document.media_type)


def _pdf(content: bytes, name: str, media_type: str = "application/pdf") -> HttpResponse:
    """A file shown in the browser, never cached by others."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)
