"""What a newcomer types to get in: figures of any script, in boxes that a phone opens its number keys for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.access.codes import HALF, SENT, read_figures
from pathways.access.models import SignInCode
from pathways.access.queries import Contact, read_contact

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

DATE_PARTS = ("day", "month", "year")


def figures(label: Any, *, length: int, help_text: Any = "", **attributes: Any) -> forms.CharField:
    """A box for figures."""
    given = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "class": "form-control", **attributes}
    return forms.CharField(
        label=label, help_text=help_text, max_length=length, widget=forms.TextInput(attrs=given), required=False
    )


class BirthDateForm(forms.Form):
    """Day, month and year of birth, and whether others use this phone."""

    day = figures(gettext_lazy("Day"), length=4, autocomplete="bday-day", size=2)
    month = figures(gettext_lazy("Month"), length=4, autocomplete="bday-month", size=2)
    year = figures(gettext_lazy("Year"), length=8, autocomplete="bday-year", size=4)
    shared = forms.BooleanField(
        label=gettext_lazy("Other people use this phone too"),
        help_text=gettext_lazy("Then we keep nothing on this phone."),
        required=False,
    )

    def birth_parts(self) -> list[BoundField]:
        """The three boxes, for the page."""
        return [self[part] for part in DATE_PARTS]

    def clean(self) -> dict[str, Any]:
        """The three boxes as one date."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            day, month, year = (int(read_figures(data.get(part) or "")) for part in DATE_PARTS)
            data["birth_date"] = dt.date(year, month, day)
        except ValueError:
            self.add_error("year", _("This is not a date. Type for example: 31 12 1990."))
        return data


class PaperCodeForm(BirthDateForm):
    """The code on the letter."""

    code = figures(gettext_lazy("Code on your letter"), length=40, help_text=gettext_lazy("Twelve figures"))
    field_order = ("code", *DATE_PARTS, "shared")

    def clean_code(self) -> str:
        """Twelve figures, however they were typed."""
        code = read_figures(self.cleaned_data["code"])
        if len(code) != 2 * HALF:
            raise forms.ValidationError(_("The code has twelve figures. Look at your letter again."))
        return code


class AskCodeForm(BirthDateForm):
    """Where a code is to be sent. The number on the letter is for the two people whom contact and birth date both name."""

    contact = forms.CharField(
        label=gettext_lazy("Your phone number or e-mail address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "dir": "ltr", "autocomplete": "username"}),
    )
    handle = figures(gettext_lazy("Number on your letter"), length=20)
    field_order = ("contact", *DATE_PARTS, "handle", "shared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Where no text messages are sent, only an e-mail address is asked for."""
        super().__init__(*args, **kwargs)
        if not settings.SMS_BACKEND:
            self.fields["contact"].label = _("Your e-mail address")

    def clean_contact(self) -> Contact:
        """An address or a number, whichever it is."""
        text = self.cleaned_data["contact"].strip()
        contact = read_contact(text if "@" in text else _western(text))
        if not settings.SMS_BACKEND and (contact is None or contact.channel == SignInCode.Channel.SMS):
            raise forms.ValidationError(_("Type your e-mail address."))
        if contact is None:
            raise forms.ValidationError(_("This is not a phone number or e-mail address."))
        return contact

    def clean_handle(self) -> str:
        """The first half of the code, or the whole of it, or nothing."""
        return read_figures(self.cleaned_data["handle"])[:HALF]


def _western(text: str) -> str:
    """A phone number with Western figures and its plus sign."""
    return ("+" if text.lstrip().startswith("+") else "") + read_figures(text)


class SentCodeForm(forms.Form):
    """The code that was sent."""

    code = figures(gettext_lazy("The code we sent"), length=20, autocomplete="one-time-code")

    def clean_code(self) -> str:
        """Six figures."""
        code = read_figures(self.cleaned_data["code"])
        if len(code) != SENT:
            raise forms.ValidationError(_("The code has six figures."))
        return code
