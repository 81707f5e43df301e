"""Import a municipality's list from the shell: the same check and the same batches as the desk."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pathways.base.clock import today
from pathways.programmes.models import Office
from pathways.registrations import actions
from pathways.registrations.files import ListError
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.problems import word_failure
from pathways.registrations.queries import problem_kinds
from pathways.registrations.reports import refused_file


class Command(BaseCommand):
    """Reads FILE, says what is wrong with it, imports the rest."""

    help = "Import a municipality's list (CSV or XLSX) of new residents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, and on whose behalf and for which day it is imported."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--office", metavar="CODE", help="office in whose lists this one is shown; takes every region"
        )
        parser.add_argument("--on", type=dt.date.fromisoformat, metavar="DATE", help="day of the list (default: today)")
        parser.add_argument(
            "--dry-run", action="store_true", help="check only; the list can then be started on the desk"
        )
        parser.add_argument("--refused", type=Path, metavar="FILE", help="write refused rows here (.csv or .xlsx)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Upload, check, import, report."""
        on = options["on"] or today()
        list_import = self._upload(options["file"], self._office(options["office"]), on)
        actions.check_list(list_id=list_import.pk, progress=self._show_read, foresee=options["dry_run"])
        list_import.refresh_from_db()
        if list_import.failure:
            raise CommandError(str(word_failure(list_import.failure)))
        if options["dry_run"]:
            self._show("Checked", list_import.expected)
        else:
            actions.start_list(actor=None, list_import=list_import, on=on)
            actions.run_list(list_id=list_import.pk, progress=self._show_imported)
            list_import.refresh_from_db()
            self._show("Imported", list_import.counts)
        for kind in problem_kinds(list_import):
            self.stdout.write(f"  {kind.rows} × {kind.example}")
        if options["refused"]:
            kind = options["refused"].suffix.lstrip(".").lower()
            options["refused"].write_bytes(refused_file(list_import, kind="xlsx" if kind == "xlsx" else "csv"))

    def _office(self, code: str | None) -> Office | None:
        if not code:
            return None
        office = Office.objects.filter(code=code).first()
        if office is None:
            codes = ", ".join(Office.objects.values_list("code", flat=True))
            raise CommandError(f"No office has the code {code}. Offices: {codes}")
        return office

    def _upload(self, file: Path, office: Office | None, on: dt.date) -> ListImport:
        try:
            return actions.upload_list(
                actor=None, office=office, file_name=file.name, content=file.read_bytes(), on=on, own_area_only=False
            )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ListError as error:
            raise CommandError(str(word_failure({"code": error.code, "params": error.params}))) from error

    def _show_read(self, list_import: ListImport) -> None:
        self.stdout.write(f"{list_import.rows_read} rows read")

    def _show_imported(self, list_import: ListImport) -> None:
        self.stdout.write(f"{sum(list_import.counts.values())} of {list_import.rows_total} rows dealt with")

    def _show(self, what: str, counts: dict[str, int]) -> None:
        words = dict(ListRow.State.choices)
        self.stdout.write(
            f"{what}: " + ", ".join(f"{words[state]} {count}" for state, count in counts.items() if count)
        )
