"""What is done to a draft beside filling in its forms: adding, moving and removing parts, undoing, throwing away."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathways.programmes.actions import (
    DraftConflictError,
    DraftError,
    change_draft,
    discard_draft,
    redo_edit,
    restore_edit,
    undo_edit,
)
from pathways.programmes.parts import SECTIONS, Add, Change, GoneError, Move, Put, Remove, keys, place_of, value_of
from pathways.programmes.queries.drafts import draft_edits, draft_head
from pathways.programmes.queries.own_facts import definition_of, own_facts_of_line
from pathways.web.gate import StaffRequest
from pathways.web.policy.editing import AUTOSAVE
from pathways.web.policy.gates import get_draft, get_rule_set, may_edit, reading_language, writer_page
from pathways.web.policy.labels import section_title
from pathways.web.policy.parts import skeleton
from pathways.web.policy.problems import place_steps, place_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathways.programmes.models import DraftEdit, RuleSet

SHOWN = 200


@require_POST
@writer_page
def add(request: StaffRequest, code: str, section: str) -> HttpResponse:
    """A new item to be filled in on its form: behind the one it is like, or last; but before a last status."""
    draft = get_draft(request, code)
    if section not in SECTIONS:
        raise Http404
    change = _addition(draft, section, request.POST)
    edit = _change(request, draft, change, f"/{section}")
    if edit is None:
        return redirect("policy:rule_set", code)
    if not isinstance(change, Add):
        return redirect("policy:section", draft.code, section)
    listed = keys(edit.content, section)
    number = keys(edit.content, section).index(change.before) - 1 if change.before in listed else len(listed) - 1
    return redirect("policy:item", draft.code, section, listed[number])


def _addition(draft: RuleSet, section: str, wanted: QueryDict) -> Change:
    like = wanted.get("like", "")
    made = skeleton(section, draft.content, reading_language())
    if section == "facts":  # defined by administrators; a draft takes over their definition
        own = own_facts_of_line(draft.line).filter(code=wanted.get("own", "")).first()
        if own is None:
            raise Http404
        return Add(section, definition_of(own))
    if not SECTIONS[section].many:
        return Put(section, made)
    try:
        copied: Any = deepcopy(value_of(draft.content, section, like)) if like else {}
    except GoneError:
        copied = {}
    value = {**made, **copied, **({"code": made["code"]} if "code" in made else {})}
    listed = keys(draft.content, section)
    if like in listed[:-1]:  # a copy stands behind what it was copied from: of rules the first that is true decides
        return Add(section, value, listed[listed.index(like) + 1])
    last = listed[-1] if section == "statuses" and listed else ""
    return Add(section, value, last)


@require_POST
@writer_page
def move(request: StaffRequest, code: str, section: str, key: str) -> HttpResponse:
    """One place up or down, or to a place; the buttons beside each drag do the same."""
    draft = get_draft(request, code)
    listed = keys(draft.content, section)
    if section not in SECTIONS or key not in listed:
        raise Http404
    here, wanted = listed.index(key), request.POST.get("to", "")
    to = {"up": here - 1, "down": here + 1}.get(wanted, int(wanted) if wanted.isdecimal() else here)
    edit = _change(request, draft, Move(section, key, max(to, 0)), f"/{section}")
    if AUTOSAVE in request.headers:
        return JsonResponse({"base": edit.number if edit else 0}, status=200 if edit else 409)
    return redirect(f"{_next(request, draft)}#{section}-{key}")


@require_POST
@writer_page
def remove(request: StaffRequest, code: str, section: str, key: str = "") -> HttpResponse:
    """An item goes, or a section that is one thing; undoing brings it back."""
    draft = get_draft(request, code)
    if section not in SECTIONS or SECTIONS[section].many != bool(key):
        raise Http404
    try:
        place = place_of(draft.content, section, key)
    except GoneError:
        raise Http404 from None
    change = Remove(section, key) if key else Put(section, None)
    if _change(request, draft, change, place):
        messages.success(request, _("Removed. “Undo” brings it back."))
    return redirect("policy:rule_set", draft.code)


@require_POST
@writer_page
def undo(request: StaffRequest, code: str) -> HttpResponse:
    """Bring back the state before the last change."""
    return _step(request, code, undo_edit, _("Undone: %(place)s."))


@require_POST
@writer_page
def redo(request: StaffRequest, code: str) -> HttpResponse:
    """Repeat what was undone last."""
    return _step(request, code, redo_edit, _("Repeated: %(place)s."))


@writer_page
def history(request: StaffRequest, code: str) -> HttpResponse:
    """Every state of a draft, by whom and when; any can be brought back."""
    draft = get_draft(request, code)
    if request.method == "POST":
        number = request.POST.get("number", "")

        def restore(**common: Any) -> DraftEdit:
            return restore_edit(number=int(number) if number.isdecimal() else 0, **common)

        return _step(request, code, restore, _("Brought back."))
    edits = [(edit, told(edit.place)) for edit in draft_edits(draft)[:SHOWN]]
    return render(request, "policy/history.html", {"rule_set": draft, "edits": edits, "head": draft_head(draft)})


@writer_page
def discard(request: StaffRequest, code: str) -> HttpResponse:
    """Throw the draft away, after asking."""
    draft = get_draft(request, code)
    if request.method != "POST":
        return render(request, "policy/discard.html", {"rule_set": draft})
    try:
        discard_draft(actor=request.user, rule_set=draft, on=request.today)
    except DraftError as error:
        messages.error(request, str(error))
        return redirect("policy:rule_set", code)
    messages.success(request, _("The draft %(code)s is thrown away.") % {"code": code})
    return redirect("policy:rule_sets")


def told(place: str) -> str:
    """What a change was about, in words."""
    section, *inside = place_steps(place) or [""]
    if not section:
        return _("the whole draft")
    return ", ".join(filter(None, (section_title(section), place_words(inside))))


def _step(request: StaffRequest, code: str, act: Callable[..., DraftEdit], said: str) -> HttpResponse:
    """One step through the states of a draft, from the one that the reader saw."""
    draft = get_rule_set(code)
    if not may_edit(request, draft):
        raise Http404
    base = request.POST.get("base", "")
    try:
        edit = act(actor=request.user, rule_set=draft, base=int(base) if base.isdecimal() else 0, on=request.today)
        messages.success(request, said % {"place": told(edit.place)})
    except DraftConflictError as conflict:
        who = conflict.head.by or _("Somebody")
        messages.warning(request, _("%(name)s changed the draft meanwhile. Look at it first.") % {"name": who})
    except DraftError as error:
        messages.warning(request, str(error))
    return redirect(_next(request, draft))


def _change(request: StaffRequest, draft: RuleSet, change: Change, place: str) -> DraftEdit | None:
    base = request.POST.get("base", "")
    number = int(base) if base.isdecimal() else draft_head(draft).number
    try:
        return change_draft(
            actor=request.user, rule_set=draft, change=change, base=number, on=request.today, place=place
        )
    except DraftConflictError as conflict:
        who = conflict.head.by or _("Somebody")
        messages.warning(request, _("%(name)s changed the same meanwhile. Look at it and try again.") % {"name": who})
    except (DraftError, GoneError):
        messages.warning(request, _("This part is not in the draft any more."))
    return None


def _next(request: StaffRequest, draft: RuleSet) -> str:
    """The page the form stood on; the draft's where its address is another one now."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    draft.refresh_from_db(fields=["code"])
    home = reverse("policy:rule_set", args=[draft.code])
    return wanted if safe and wanted.startswith(home) else home
