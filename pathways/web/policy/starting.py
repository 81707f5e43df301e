"""A new draft: from any version, or from a file. A faulty file becomes a draft too, with its faults beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.programmes.actions import DraftError, import_draft, start_draft
from pathways.programmes.permissions import can_edit_rule_sets, lines_written_by
from pathways.programmes.writing import LARGEST, UnreadableError, read_text
from pathways.rules import LINE_TITLES, rule_set_problems
from pathways.web.gate import StaffRequest
from pathways.web.policy.gates import get_rule_set, reading_language, writer_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from pathways.programmes.models import RuleSet


class NewDraft(forms.Form):
    """Code and first day of a draft."""

    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=27, help_text=gettext_lazy("The line and a year, such as FL-2027.")
    )
    valid_from = forms.DateField(
        label=gettext_lazy("First day in force"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class Import(forms.Form):
    """A file, and the line that it is for where it does not say."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("YAML or JSON, as it is exported here."))
    line = forms.ChoiceField(
        label=gettext_lazy("Line"), help_text=gettext_lazy("Counts where the file does not name its line.")
    )


@writer_page
def new_draft(request: StaffRequest, code: str) -> HttpResponse:
    """Begin a draft from the version `code`."""
    source = get_rule_set(code)
    if not can_edit_rule_sets(request.user, source.line, request.today):
        raise Http404
    year = max(request.today.year, source.valid_from.year) + 1
    start = {"code": f"{source.line}-{year}", "valid_from": f"{year}-01-01"}
    form = NewDraft(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and (draft := _started(request, source, form)):
        return redirect("policy:rule_set", draft.code)
    status = 422 if form.errors else 200
    return render(request, "policy/new_draft.html", {"form": form, "source": source}, status=status)


def _started(request: StaffRequest, source: RuleSet, form: NewDraft) -> RuleSet | None:
    wanted = form.cleaned_data
    try:
        return start_draft(
            actor=request.user,
            source=source,
            code=wanted["code"].strip(),
            valid_from=wanted["valid_from"],
            on=request.today,
        )
    except DraftError as error:
        form.add_error("code", str(error))
        return None


@writer_page
def import_file(request: StaffRequest) -> HttpResponse:
    """Begin a draft from a file."""
    writes = lines_written_by(request.user, request.today)
    form = Import(request.POST or None, request.FILES or None)
    language = reading_language()
    chosen: Any = form.fields["line"]
    chosen.choices = [(code, titles[language]) for code, titles in LINE_TITLES.items() if code in writes]
    if request.method == "POST" and form.is_valid() and (draft := _imported(request, form)):
        return redirect("policy:rule_set", draft.code)
    return render(request, "policy/import.html", {"form": form}, status=422 if form.errors else 200)


def _imported(request: StaffRequest, form: Import) -> RuleSet | None:
    try:
        document = read_text(form.cleaned_data["file"].read(LARGEST + 1))
        line = _line(document) or form.cleaned_data["line"]
        if not can_edit_rule_sets(request.user, line, request.today):
            raise DraftError(_("You cannot write rules of the line %(line)s.") % {"line": line})
        draft = import_draft(actor=request.user, document=document, line=line, on=request.today)
    except (UnreadableError, DraftError) as error:
        form.add_error("file", str(error))
        return None
    _tell(request, document, draft)
    return draft


def _line(document: Any) -> str:
    """The line a document names, "" where it names none."""
    named = document.get("line") if isinstance(document, dict) else None
    if isinstance(named, str) and named in LINE_TITLES:
        return named
    code = document.get("code") if isinstance(document, dict) else None
    found = re.match(r"([A-Z]{2})-", code) if isinstance(code, str) else None
    return found[1] if found and found[1] in LINE_TITLES else ""


def _tell(request: StaffRequest, document: Any, draft: RuleSet) -> None:
    if isinstance(document, dict) and document.get("code") != draft.code:
        messages.info(request, _("The draft has the code %(code)s: that of the file is taken.") % {"code": draft.code})
    if faults := len(rule_set_problems(draft.content)):
        messages.warning(request, _("The file has %(number)s faults. They are marked.") % {"number": faults})
