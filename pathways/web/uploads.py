"""Form fields for files that people hand in: what comes out is checked and cleaned (`documents.uploads`), not yet kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.documents.uploads import ACCEPT, Upload, UploadRefused, clean_upload

MOST = 5


class FilesInput(forms.FileInput):
    """An input that takes several files, and asks the phone for photos and PDF."""

    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Photos and PDF, several at once; its value is a list of `Upload`. The form needs `enctype="multipart/form-data"`."""

    def __init__(self, *, most: int = MOST, **options: Any) -> None:
        widget = (FilesInput if most > 1 else forms.FileInput)(attrs={"accept": ACCEPT})
        super().__init__(widget=widget, **options)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file checked; a refusal names the file where there are several."""
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not files:
            if self.required:
                raise ValidationError(_("Please add a photo or a PDF file."), code="required")
            return []
        if len(files) > self.most:
            text = ngettext("You can add %(most)s file.", "You can add %(most)s files at most.", self.most)
            raise ValidationError(text % {"most": self.most})
        return self._cleaned(files)

    def _cleaned(self, files: Sequence[Any]) -> list[Upload]:
        kept, problems = [], []
        for file in files:
            try:
                kept.append(clean_upload(file))
            except UploadRefused as error:
                problems.append(f"{file.name}: {error}" if len(files) > 1 else str(error))
        if problems:
            raise ValidationError(problems)
        return kept
