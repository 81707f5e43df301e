"""The forms about terms: what is asked, and nothing of what is done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.errors import ActRefused
from pathways.cases.evidence import MAX_BYTES, check_paper
from pathways.duties.actions import Paper
from pathways.duties.models import GroundRequest
from pathways.web.desk.fact_fields import date_widget

if TYPE_CHECKING:
    from pathways.duties.queries import Term
    from pathways.rules import Ground
    from pathways.web.desk.words import Words

MOST_PAPERS = 10
ACCEPTED = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class SeveralFiles(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Papers, known by their content: PDF or photo, at most ten."""

    def __init__(self, **kwargs: Any) -> None:
        """One control for several files."""
        widget = SeveralFiles(attrs={"multiple": True, "accept": ACCEPTED})
        super().__init__(widget=widget, required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Paper]:
        """Each file is read and checked; what is wrong is said with its name."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > MOST_PAPERS:
            raise forms.ValidationError(_("At most ten papers at a time."))
        return [self._paper(file) for file in given]

    def _paper(self, file: UploadedFile[Any]) -> Paper:
        paper = Paper(str(file.name), file.read(MAX_BYTES + 1))
        try:
            check_paper(*paper)
        except ActRefused as error:
            raise forms.ValidationError(str(error)) from error
        return paper


class _PapersForm(forms.Form):
    """A form that ends with papers."""

    papers = PapersField(
        label=gettext_lazy("Evidence"), help_text=gettext_lazy("PDF or photo (JPEG, PNG), at most 10 MB each.")
    )


class RequestForm(_PapersForm):
    """What is asked on one ground, and for how long."""

    asked_by = forms.ChoiceField(
        label=gettext_lazy("Who asks?"), choices=GroundRequest.AskedBy.choices, widget=forms.RadioSelect
    )
    first_on = forms.DateField(label=gettext_lazy("First day"), widget=date_widget())
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=date_widget())
    until = forms.DateField(label=gettext_lazy("New last day of the term"), widget=date_widget())
    explanation = forms.CharField(
        label=gettext_lazy("Explanation"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    field_order = ("asked_by", "first_on", "last_on", "until", "explanation", "papers")

    def __init__(self, *args: Any, ground: Ground, term: Term | None, **kwargs: Any) -> None:
        """Asks a period for a suspension, a new last day where the ground lengthens a term."""
        super().__init__(*args, **kwargs)
        self.term = term
        asked: tuple[str, ...] = ("first_on", "last_on") if ground.kind != "exemption" else ()
        if ground.extends:
            asked = ("until",)
        for name in {"first_on", "last_on", "until"}.difference(asked):
            del self.fields[name]

    def clean_until(self) -> dt.date:
        """Later than the term ends now."""
        until: dt.date = self.cleaned_data["until"]
        if self.term is None or self.term.due_on is None:
            raise forms.ValidationError(_("This term has no last day yet; it cannot be lengthened."))
        if until <= self.term.due_on:
            raise forms.ValidationError(_("Choose a day after the last day of the term."))
        return until

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        until = data.pop("until", None)
        days = (until - self.term.due_on).days if until and self.term and self.term.due_on else None
        return {**data, "term_days": days}


class DecideForm(forms.Form):
    """The decision, with its reason."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("grant", gettext_lazy("Grant")), ("refuse", gettext_lazy("Refuse"))],
        widget=forms.RadioSelect,
    )
    stops = forms.ChoiceField(
        label=gettext_lazy("Do the terms stop while it lasts?"),
        choices=[("yes", gettext_lazy("Yes, its days are added")), ("no", gettext_lazy("No, they go on"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The rule does not say; you decide, and the letter tells the new dates."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the letter as you write it, in the language of the office."),
    )

    def __init__(self, *args: Any, ground: Ground, **kwargs: Any) -> None:
        """Asks about the terms only where the rule is silent."""
        super().__init__(*args, **kwargs)
        if ground.kind != "suspension" or ground.stops_terms is not None:
            del self.fields["stops"]


class EndForm(forms.Form):
    """An earlier last day, with the reason."""

    last_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=date_widget(),
        help_text=gettext_lazy("The day before it began means that it never held."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class ExtendForm(_PapersForm):
    """A new last day for one term."""

    code = forms.ChoiceField(label=gettext_lazy("Term"))
    until = forms.DateField(label=gettext_lazy("New last day"), widget=date_widget())
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    field_order = ("code", "until", "reason", "papers")

    def __init__(self, *args: Any, terms: Iterable[Term], words: Words, **kwargs: Any) -> None:
        """Offers the terms that run."""
        super().__init__(*args, **kwargs)
        self.terms = {term.code: term for term in terms if term.due_on and term.met_on is None}
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, _("%(term)s (until %(date)s)") % {"term": words.text(term.title), "date": words.date(term.due_on)})
            for code, term in self.terms.items()
            if term.due_on
        ]

    @property
    def days(self) -> int:
        """How much longer the term becomes."""
        due = self.terms[self.cleaned_data["code"]].due_on
        until: dt.date = self.cleaned_data["until"]
        return (until - due).days if due else 0

    def clean(self) -> dict[str, Any]:
        """Later than the term ends now."""
        data = super().clean() or {}
        if data.get("code") and data.get("until") and self.days <= 0:
            self.add_error("until", _("Choose a day after the last day of the term."))
        return data
