"""`manage.py rule_sets check|load|export`: rule sets as files, checked on PostgreSQL, published, written out again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from pathways.base.clock import today
from pathways.programmes import checking
from pathways.programmes.actions import PublicationError, load_rule_sets
from pathways.programmes.models import RuleSet
from pathways.programmes.shipped import RULE_SETS, read_document, rule_set_files
from pathways.programmes.writing import written
from pathways.rules import RuleSetError, parse_rule_set, to_data


class Command(BaseCommand):
    """Check, load and export rule sets."""

    help = "Check rule-set files, publish the shipped ones, or write published ones out as YAML or JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand for each act."""
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="Check form and examples of files; exit code 1 when one is faulty.")
        check.add_argument("files", nargs="*", type=Path, help="YAML or JSON files; without any, the shipped ones.")
        acts.add_parser("load", help="Publish the shipped rule sets; unchanged ones are left alone.")
        export = acts.add_parser("export", help="Write rule sets out; without codes, all that are published.")
        export.add_argument("codes", nargs="*")
        export.add_argument("--format", choices=("yaml", "json"), default="yaml")
        export.add_argument("--to", type=Path, help="A folder for one file each; without it, to the screen.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the act."""
        if options["act"] == "check":
            self.check_files(options["files"] or rule_set_files())
        elif options["act"] == "load":
            self.load()
        else:
            self.export(options["codes"], options["format"], options["to"])

    def check_files(self, files: Iterable[Path]) -> None:
        """Report every fault by file and place."""
        faulty = [file for file in files if not self.check_file(file)]
        if faulty:
            raise CommandError(f"Faulty: {', '.join(file.name for file in faulty)}.")

    def check_file(self, file: Path) -> bool:
        """Whether a file is a rule set whose examples all come out as expected."""
        try:
            document = read_document(file)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            self.stderr.write(f"{file}: {error}")
            return False
        problems = checking.problems(document)
        for problem in problems:
            self.stderr.write(f"{file.name} {checking.place(document, problem)}: {problem.message}")
        if not problems:
            self.stdout.write(f"{file.name}: {len(document['examples'])} examples pass.")
        return not problems

    def load(self) -> None:
        """Publish what is shipped."""
        try:
            loaded = load_rule_sets(on=today(), replace=settings.DEMO)
        except (PublicationError, RuleSetError) as error:
            raise CommandError(str(error)) from error
        except yaml.YAMLError as error:
            raise CommandError(f"{RULE_SETS}: {error}") from error
        for each in loaded:
            self.stdout.write(f"{each.code}: {each.result}")

    def export(self, codes: list[str], form: str, folder: Path | None) -> None:
        """Write the documents of `codes` in the order of the format."""
        found = list(RuleSet.objects.published().filter(**({"code__in": codes} if codes else {})))
        if missing := set(codes) - {each.code for each in found}:
            raise CommandError(f"No published rule set {', '.join(sorted(missing))}.")
        for each in found:
            text = written(to_data(parse_rule_set(each.content)), form)
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{each.code}.{form}").write_text(text, encoding="utf-8")
            else:
                self.stdout.write(text, ending="")
