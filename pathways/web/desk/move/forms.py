"""The forms of a move: where to, consent, signature; and of the change of programme in Brussels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.moves.actions.preparing import Address
from pathways.moves.previewing import programmes_in
from pathways.programmes.models import Region
from pathways.web.desk.fact_fields import date_widget
from pathways.web.names import programme_title
from pathways.web.reference import municipality_choices


def yes_or_no(value: bool | None) -> str:
    """An answer as the radio buttons of these forms show it; "" where none was given."""
    return "" if value is None else "yes" if value else "no"


class AddressForm(forms.Form):
    """Where the person lives now, and since when."""

    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"))
    moved_on = forms.DateField(
        label=gettext_lazy("Registered there since"),
        widget=date_widget(),
        help_text=gettext_lazy("The day counts as the registration in the region, where its terms may start."),
    )
    programme = forms.ChoiceField(
        label=gettext_lazy("Programme in Brussels"),
        required=False,
        help_text=gettext_lazy("Only for Brussels. The choice may stay open: the office there asks."),
    )
    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=160, required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=10, required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=80, required=False)

    def __init__(self, *args: Any, region: str, language: str, **kwargs: Any) -> None:
        """Offers the municipalities of the regions other than `region`."""
        super().__init__(*args, **kwargs)
        others = [code for code in Region.values if code != region]
        place, programme = self.fields["municipality"], self.fields["programme"]
        assert isinstance(place, forms.ChoiceField)
        assert isinstance(programme, forms.ChoiceField)
        place.choices = [("", _("Choose")), *municipality_choices(language, others)]
        offered = [(code, programme_title(code, language)) for code in programmes_in("brussels")]
        programme.choices = [("", _("Still open")), *offered]
        if region == "brussels":
            del self.fields["programme"]

    @property
    def address(self) -> Address:
        """What was entered; a programme counts only where it exists."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "programme"}
        return Address(**data, programme=self.cleaned_data.get("programme") or None)


class ConsentForm(forms.Form):
    """Whether the person agrees, and how they said so."""

    consent = forms.ChoiceField(
        label=gettext_lazy("Does the person agree that this is passed on?"),
        choices=[("yes", gettext_lazy("Yes, it may be passed on")), ("no", gettext_lazy("No, nothing is passed on"))],
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=gettext_lazy("How was that said?"),
        max_length=200,
        help_text=gettext_lazy("For example: form signed on 12 March, or said at the office with an interpreter."),
    )


class SignForm(forms.Form):
    """The name of the counselor, which signs the brief."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=250,
        help_text=gettext_lazy("Typed as it stands in your account, it signs the hand-over brief for your office."),
    )


class CancelForm(forms.Form):
    """Why a move does not take place."""

    reason = forms.CharField(label=gettext_lazy("Why is it cancelled?"), max_length=300)


class PartForm(forms.Form):
    """What the receiving office decides on one part."""

    accepted = forms.ChoiceField(
        label=gettext_lazy("Does it count here?"),
        choices=[("yes", gettext_lazy("Recognise")), ("no", gettext_lazy("Do not recognise"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed where it is not recognised."),
    )


class ChangeForm(forms.Form):
    """The other programme, and why."""

    reason = forms.CharField(label=gettext_lazy("Why does the person change?"), max_length=300)
