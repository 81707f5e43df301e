"""The form that takes a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pathways.programmes.models import Office
from pathways.registrations.files import MAX_BYTES
from pathways.registrations.problems import word_failure


class UploadForm(forms.Form):
    """A file and, for who works in several, the office it is for."""

    file = forms.FileField(
        label=_("File with the list"),
        help_text=_("CSV or Excel (.xlsx), at most 20 MB and 200,000 rows. The first row holds the headings."),
        allow_empty_file=True,  # said in our own words
    )
    office = forms.ModelChoiceField(queryset=Office.objects.none(), label=_("For the office"), empty_label=None)

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        """`offices` are those of the user."""
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = offices
        self.several = len(offices) > 1
        if not self.several:
            field.required = False
            field.initial = offices.first()

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            failure = {"code": "file_too_big", "params": {"megabytes": MAX_BYTES // 1024**2}}
            raise forms.ValidationError(str(word_failure(failure)))
        return file

    @property
    def chosen_office(self) -> Office:
        """The office chosen, or the only one."""
        office: Office = self.cleaned_data.get("office") or self.fields["office"].initial
        return office
