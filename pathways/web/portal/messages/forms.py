"""What a newcomer says is wrong, and what they say has changed: few questions, one idea each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.correspondence.models import ChangeReport
from pathways.people.contact import normal_email, normal_phone
from pathways.people.names import fold
from pathways.programmes.models import Municipality
from pathways.web.messages import LanguageField
from pathways.web.uploads import UploadsField

if TYPE_CHECKING:
    from pathways.people.models import Person

Kind = ChangeReport.Kind
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def day_widget() -> forms.DateInput:
    """The phone's own way to choose a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WrongForm(forms.Form):
    """What is wrong, with the papers that show it."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("Write it in your own language."),
    )
    papers = UploadsField(
        label=gettext_lazy("Do you have a paper that shows it?"),
        required=False,
        help_text=gettext_lazy("You can take a photo of it."),
    )
    language = LanguageField(label=gettext_lazy("I write in"))


class ChangedForm(forms.Form):
    """What every report may add."""

    text = forms.CharField(
        label=gettext_lazy("Do you want to tell us more?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    papers = UploadsField(
        label=gettext_lazy("Do you have a paper that shows it?"),
        required=False,
        help_text=gettext_lazy("You can take a photo of it."),
    )
    language = LanguageField(label=gettext_lazy("I write in"))
    asked: tuple[str, ...] = ()

    def __init__(self, *args: Any, person: Person, on: dt.date, **kwargs: Any) -> None:
        """The questions of this kind of change come first."""
        super().__init__(*args, **kwargs)
        self.on = on
        self.order_fields([*self.asked, "since", "text", "papers", "language"])

    def clean_since(self) -> dt.date | None:
        """What is still to come has not changed yet."""
        since: dt.date | None = self.cleaned_data["since"]
        if since and since > self.on:
            raise forms.ValidationError(_("This day is in the future."))
        return since

    @property
    def values(self) -> dict[str, Any]:
        """What is new, by name."""
        return {name: self.cleaned_data[name] for name in self.asked}


class AddressForm(ChangedForm):
    """A new address; the place follows from the postal code."""

    street = forms.CharField(
        label=gettext_lazy("Street and number"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    postal_code = forms.CharField(
        label=gettext_lazy("Postal code"),
        max_length=10,
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    city = forms.CharField(
        label=gettext_lazy("City"), max_length=80, widget=forms.TextInput({"autocomplete": "address-level2"})
    )
    since = forms.DateField(label=gettext_lazy("Since when do you live there?"), widget=day_widget())
    asked = ("street", "postal_code", "city")

    def clean(self) -> dict[str, Any]:
        """Find the municipality of the postal code; that of the same name where there are several."""
        data = super().clean() or {}
        code = str(data.get("postal_code", "")).strip()
        if not code:
            return data
        places = list(Municipality.objects.filter(postal_codes__contains=[code], valid_to__isnull=True))
        named = [place for place in places if fold(str(data.get("city", ""))) in place.folded_names]
        if not places:
            self.add_error("postal_code", _("We do not know this postal code. It has four numbers."))
        else:
            data["municipality"] = (named or places)[0].pk
        return data

    @property
    def values(self) -> dict[str, Any]:
        """With the municipality."""
        return {**super().values, "municipality": self.cleaned_data["municipality"]}


class WorkForm(ChangedForm):
    """Whether somebody works now, and how much."""

    works = forms.ChoiceField(label=gettext_lazy("Do you work now?"), choices=YES_NO, widget=forms.RadioSelect)
    half_time = forms.ChoiceField(
        label=gettext_lazy("Do you work half of a full week or more?"),
        help_text=gettext_lazy("In most jobs that is 19 hours."),
        choices=[*YES_NO, ("", gettext_lazy("I do not know"))],
        widget=forms.RadioSelect,
        required=False,
    )
    since = forms.DateField(label=gettext_lazy("Since when?"), widget=day_widget())
    asked = ("works", "half_time")

    @property
    def values(self) -> dict[str, Any]:
        """As yes, no, or not known."""
        known = {"yes": True, "no": False, "": None}
        return {name: known[self.cleaned_data[name]] for name in self.asked}


class PhoneForm(ChangedForm):
    """A new phone number."""

    phone = forms.CharField(
        label=gettext_lazy("Your new phone number"),
        max_length=20,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    asked = ("phone",)

    def clean_phone(self) -> str:
        """In international form."""
        number = normal_phone(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(_("This is not a phone number."))
        return number


class EmailForm(ChangedForm):
    """A new e-mail address."""

    email = forms.CharField(
        label=gettext_lazy("Your new e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
    )
    asked = ("email",)

    def clean_email(self) -> str:
        """In lower case."""
        address = normal_email(self.cleaned_data["email"])
        if address is None:
            raise forms.ValidationError(_("This is not an e-mail address."))
        return address


FORMS: dict[str, type[ChangedForm]] = {
    Kind.ADDRESS: AddressForm,
    Kind.WORK: WorkForm,
    Kind.PHONE: PhoneForm,
    Kind.EMAIL: EmailForm,
}
