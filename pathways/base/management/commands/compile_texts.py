"""`manage.py compile_texts`: makes the .mo files from the translators' .po files, without the gettext programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Compile every catalogue below the locale folders."""

    help = "Compile the translations."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Compile; fuzzy entries are left out, so that English is shown rather than a guess."""
        for folder in settings.LOCALE_PATHS:
            for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
                with source.open("rb") as texts:
                    catalogue = read_po(texts, locale=source.parents[1].name)
                with source.with_suffix(".mo").open("wb") as compiled:
                    write_mo(compiled, catalogue)
