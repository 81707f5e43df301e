"""Editing a draft part by part. It is kept as it is typed, faulty or not; who comes second to the same part chooses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pathways.programmes.actions import DraftConflictError, DraftError, change_draft
from pathways.programmes.parts import GENERAL, SECTIONS, GoneError, items, keys
from pathways.programmes.queries.drafts import draft_head
from pathways.programmes.queries.own_facts import own_facts_of_line
from pathways.web.gate import StaffRequest
from pathways.web.policy.difference import Comparison
from pathways.web.policy.editor.words import editor_words
from pathways.web.policy.gates import get_draft, reading_language, writer_page
from pathways.web.policy.labels import section_title
from pathways.web.policy.parts import Part
from pathways.web.policy.tolerant import draft_sheet
from pathways.web.policy.views import doors, section_words
from pathways.web.texts import said

if TYPE_CHECKING:
    from pathways.programmes.models import DraftEdit, RuleSet

AUTOSAVE = "X-Autosave"


@writer_page
def section(request: StaffRequest, code: str, section: str) -> HttpResponse:
    """A section: the list of its items, or the form of what is one thing."""
    draft = get_draft(request, code)
    if section in SECTIONS and SECTIONS[section].many:
        return _listed(request, draft, section)
    if section in SECTIONS and draft.content.get(section) is None and request.method == "GET":
        return _listed(request, draft, section)
    return _edit(request, draft, section, "")


@writer_page
def item(request: StaffRequest, code: str, section: str, key: str) -> HttpResponse:
    """The form of one item of a list."""
    return _edit(request, get_draft(request, code), section, key)


def _listed(request: StaffRequest, draft: RuleSet, name: str) -> HttpResponse:
    drawn = draft_sheet(draft.content, language=reading_language())
    shown = next((each for each in (drawn.sheet.statuses, *drawn.sheet.sections) if each.code == name), None)
    context = {
        "rule_set": draft,
        "section": shown,
        "name": name,
        "words": section_words(name),
        "doors": doors(draft, drawn),
        "offered": _offered(draft) if name == "facts" else [],
        "head": draft_head(draft),
        "editable": True,
    }
    return render(request, "policy/section.html", context)


def _offered(draft: RuleSet) -> list[dict[str, str]]:
    """The own facts that the draft may use and does not yet."""
    used = {each.get("code") for each in items(draft.content, "facts") if isinstance(each, dict)}
    found = own_facts_of_line(draft.line).exclude(code__in=used)
    return [{"code": each.code, "label": said(each.labels, reading_language())} for each in found]


def _edit(request: StaffRequest, draft: RuleSet, name: str, key: str) -> HttpResponse:
    part = Part(draft.content, name, key, reading_language())
    if request.method != "POST":
        return render(request, "policy/part.html", _context(draft, part))
    quiet = AUTOSAVE in request.headers
    mine = _mine(request, part)
    try:
        edit = change_draft(
            actor=request.user,
            rule_set=draft,
            change=part.change(mine),
            base=_number(request.POST.get("base", "")),
            on=request.today,
            place=part.place,
        )
    except DraftConflictError as conflict:
        return _told(request, draft, part, mine, conflict.head, quiet=quiet)
    except (DraftError, GoneError) as error:
        return _refused(request, draft, error, quiet=quiet)
    return _saved(request, draft, part, edit, quiet=quiet)


def _context(draft: RuleSet, part: Part) -> dict[str, Any]:
    controls = part.controls()
    return {
        "rule_set": draft,
        "part": part,
        "controls": controls,
        "faulty": any(each.errors for top in controls for each in top.walk()),
        "head": draft_head(draft),
        "words": section_words(part.section),
        "editor_words": editor_words(),
        "section_url": reverse("policy:section", args=[draft.code, part.section]),
    }


def _mine(request: StaffRequest, part: Part) -> Any:
    """What the form says; after a conflict, what it said then."""
    if "mine" not in request.POST:
        return part.posted(request.POST)
    try:
        return json.loads(request.POST["mine"])
    except ValueError:
        return part.raw


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _saved(request: StaffRequest, draft: RuleSet, part: Part, edit: DraftEdit, *, quiet: bool) -> HttpResponse:
    key = part.key
    listed = keys(edit.content, part.section) if key else []
    if key and key not in listed:  # its code was changed
        key = listed[part.number - 1] if part.number <= len(listed) else ""
    draft.content = edit.content
    after = Part(edit.content, part.section, key, part.language)
    if not quiet:
        messages.success(request, _("Saved: %(title)s.") % {"title": after.title})
        return redirect(_address(draft, after) if after.problems() else _back(draft, after))
    faults = {each.id: each.errors for top in after.controls() for each in top.walk() if each.errors}
    at = localtime(edit.at).strftime("%H:%M:%S")
    return JsonResponse(
        {
            "base": edit.number,
            "said": _("All changes saved at %(time)s") % {"time": at},
            "address": _address(draft, after),
            "faults": faults,
            "title": after.title,
        }
    )


def _address(draft: RuleSet, part: Part) -> str:
    if part.key:
        return reverse("policy:item", args=[draft.code, part.section, part.key])
    return reverse("policy:section", args=[draft.code, part.section])


def _back(draft: RuleSet, part: Part) -> str:
    """Where one goes on: the list of the item, or the draft."""
    if part.section in ("statuses", "components", GENERAL) or not part.key:
        return reverse("policy:rule_set", args=[draft.code])
    return reverse("policy:section", args=[draft.code, part.section])


def _refused(request: StaffRequest, draft: RuleSet, error: Exception, *, quiet: bool) -> HttpResponse:
    said = str(error) if isinstance(error, DraftError) else _("This part is not in the draft any more.")
    if quiet:
        return JsonResponse({"said": said}, status=422)
    messages.error(request, said)
    return redirect("policy:rule_set", draft.code)


def _told(
    request: StaffRequest, draft: RuleSet, part: Part, mine: Any, head: DraftEdit, *, quiet: bool
) -> HttpResponse:
    """Both versions of the part beside each other, and either can be kept."""
    said = _("%(name)s changed this meanwhile.") % {"name": head.by or _("Somebody")}
    if quiet:
        return JsonResponse({"said": said, "conflict": True}, status=409)
    try:
        theirs = head.content
        changed = part.change(mine).applied(theirs)
    except GoneError:
        return _refused(request, draft, GoneError(), quiet=False)
    compared = Comparison(theirs, changed, part.language)
    context = {
        "rule_set": draft,
        "part": part,
        "head": head,
        "said": said,
        "mine": json.dumps(mine, ensure_ascii=False),
        "sections": compared.sections(),
        "address": _address(draft, part),
        "section_title": section_title(part.section),
    }
    return render(request, "policy/conflict.html", context, status=409)
