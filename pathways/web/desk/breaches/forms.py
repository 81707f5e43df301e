"""The forms of breach files: what is asked of whoever takes a step."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.errors import ActRefused
from pathways.cases.evidence import MAX_BYTES, check_paper
from pathways.outcomes.actions.breaches import CLOSING_EARLY, REASONED
from pathways.outcomes.models import CloseReason
from pathways.outcomes.procedure import Act
from pathways.outcomes.queries.duties import TERMS
from pathways.web.fact_fields import date_widget

if TYPE_CHECKING:
    from pathways.outcomes.queries import FileState

ACCEPTED = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
WITH_PAPER = frozenset({Act.RECORD_DEFENCE, Act.RECORD_APPEAL, Act.RECORD_PAYMENT})


class OpenForm(forms.Form):
    """What happened."""

    grounds = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What was asked, what was tried, what the person said. The enforcement officer reads this."
        ),
    )


class DismissForm(forms.Form):
    """Why no file is opened, and when to look again."""

    reason = forms.CharField(
        label=gettext_lazy("Why is no file opened?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    until = forms.DateField(
        label=gettext_lazy("Look again on"),
        required=False,
        widget=date_widget(),
        help_text=gettext_lazy("Without a day it comes back when another term is missed."),
    )

    def __init__(self, *args: Any, duty: str, **kwargs: Any) -> None:
        """A day is asked where no term brings it back."""
        super().__init__(*args, **kwargs)
        if duty not in TERMS:
            self.fields["until"].required, self.fields["until"].help_text = True, ""


class TermForm(forms.Form):
    """How much time a step gives."""

    days = forms.IntegerField(label=gettext_lazy("Days"), min_value=1, max_value=730)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class StepForm(forms.Form):
    """What a step needs: an amount, how the file ends, a reason, a paper. `seen` is the last step that was shown."""

    amount = forms.DecimalField(label=gettext_lazy("Amount in euro"), max_digits=8, decimal_places=2)
    close_reason = forms.ChoiceField(label=gettext_lazy("How it ends"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    paper = forms.FileField(
        label=gettext_lazy("Paper"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("PDF or photo (JPEG, PNG), at most 10 MB."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, act: Act, state: FileState, **kwargs: Any) -> None:
        """Only what this step needs is asked."""
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = len(state.steps)
        if act not in (Act.FINE, Act.REDUCE):
            del self.fields["amount"]
        elif state.procedure.can_fine:
            self._limit(state)
        if act != Act.CLOSE or state.file.amount is not None:
            del self.fields["close_reason"]
        else:
            field = self.fields["close_reason"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Choose")), *((code, CloseReason(code).label) for code in CLOSING_EARLY)]
        if act not in WITH_PAPER:
            del self.fields["paper"]
        self._ask_reason(act)

    def _limit(self, state: FileState) -> None:
        low, high = state.procedure.amount_min, state.procedure.amount_max
        self.fields["amount"].help_text = _("Between %(least)s and %(most)s euro.") % {"least": low, "most": high}
        self.fields["amount"].widget.attrs |= {"min": low, "max": high, "step": Decimal("0.01")}

    def _ask_reason(self, act: Act) -> None:
        field = self.fields["reason"]
        field.required = act in REASONED
        if act == Act.RECORD_DEFENCE:
            field.label = _("What the person says")
            field.help_text = _("How they were heard (talk or letter), and what they say.")
        elif act in REASONED:
            field.help_text = _("The person reads this.")

    def clean_paper(self) -> Any:
        """A paper is known by its content."""
        file = self.cleaned_data["paper"]
        if not file:
            return None
        content = file.read(MAX_BYTES + 1)
        try:
            name, media_type = check_paper(str(file.name), content)
        except ActRefused as error:
            raise forms.ValidationError(str(error)) from error
        return name, media_type, content
