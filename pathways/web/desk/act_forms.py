"""The forms of the acts on one case: what is asked, and nothing of what is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.cases.actions import CloseReason
from pathways.cases.models import Note, Source
from pathways.notices.models import Letter
from pathways.programmes.models import Office
from pathways.rules import PROGRAMMES
from pathways.web.desk.fact_fields import date_widget, fact_field
from pathways.web.names import programme_title
from pathways.web.reference import language_choices

if TYPE_CHECKING:
    from django.db.models import QuerySet


class FactForm(forms.Form):
    """A value with where it comes from and since when it holds."""

    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=Source.choices)
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: card shown."),
    )
    valid_since = forms.DateField(label=gettext_lazy("True since"), widget=date_widget(), required=False)

    def __init__(self, *args: Any, fact: str, language: str, **kwargs: Any) -> None:
        """The control of `fact` comes first."""
        super().__init__(*args, **kwargs)
        self.fields["value"] = fact_field(fact, language)
        self.order_fields(["value", "source", "evidence", "valid_since"])


class NoteForm(forms.Form):
    """What was said or done."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Note.Kind.choices)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    on = forms.DateField(label=gettext_lazy("Day"), widget=date_widget())


class DayForm(forms.Form):
    """The day on which something happened."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=date_widget())


class ProgrammeForm(forms.Form):
    """The programme a person in Brussels has chosen."""

    programme = forms.ChoiceField(label=gettext_lazy("Programme"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, region: str, language: str, **kwargs: Any) -> None:
        """Offers the programmes of `region`."""
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, programme_title(code, language)) for code, one in PROGRAMMES.items() if one.region == region
        ]


class CloseForm(forms.Form):
    """Why the case ends."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=CloseReason.choices)


class ContactForm(forms.Form):
    """How the person is reached."""

    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=160, required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=10, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    contact_language = forms.ChoiceField(label=gettext_lazy("Contact language"), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Languages are named in `language`."""
        super().__init__(*args, **kwargs)
        field = self.fields["contact_language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not known")), *language_choices(language)]


class OfficeForm(forms.Form):
    """The office that takes a case over, and what it should know."""

    office = forms.ModelChoiceField(
        label=gettext_lazy("Office that takes the case over"),
        queryset=Office.objects.none(),
        empty_label=gettext_lazy("Choose"),
        widget=forms.Select(attrs={"autofocus": True}),  # it comes in the place of the link that had the focus
    )
    message = forms.CharField(
        label=gettext_lazy("What the other office should know"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept as a note with the case."),
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        """`offices` may take the case."""
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = offices
        if not offices.exists():
            field.help_text = _("No other office in this region runs the programme.")


class ChannelForm(forms.Form):
    """How a letter goes to the person."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How does it go?"), initial=Letter.Channel.POST, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        """E-mail is offered where there is an `email` address."""
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, label) for code, label in Letter.Channel.choices if email or code != "email"]
