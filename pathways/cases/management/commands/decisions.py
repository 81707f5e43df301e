"""`manage.py decisions replay|verify`: decide stored records again and compare; follow the chain of receipts."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pathways.cases.deciding.replaying import Chosen, Difference, replay_records
from pathways.cases.deciding.verifying import broken_receipts, seal_of_records
from pathways.rules import PROGRAMMES

SHOWN = 100
"""Faults and differences written out; the rest is counted."""
FAULTS = {
    "altered": "does not match its receipt",
    "inserted_or_removed": "does not follow the record before it",
    "end_missing": "is the last by the decision, but not by the records",
}


class Command(BaseCommand):
    """Replay and verify decision records."""

    help = "Replay decision records with the rule sets and facts of their time, or verify their chain of receipts."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand for each."""
        acts = parser.add_subparsers(dest="act", required=True)
        replay = acts.add_parser("replay", help="Decide records again; exit code 1 when one comes out differently.")
        replay.add_argument("--programme", choices=sorted(PROGRAMMES), default="")
        some = replay.add_mutually_exclusive_group()
        some.add_argument("--sample", type=int, metavar="N", default=1000, help="N records drawn by chance (1000).")
        some.add_argument("--all", action="store_true", help="Every record.")
        replay.add_argument("--seed", type=int, default=0, help="Another number draws another sample.")
        verify = acts.add_parser("verify", help="Follow the chain of receipts; exit code 1 when one is broken.")
        verify.add_argument("--seal", metavar="SHA256", default="", help="The seal noted earlier, to compare with.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        if options["act"] == "replay":
            sample = None if options["all"] else options["sample"]
            self.replay(Chosen(programme=options["programme"], sample=sample, seed=options["seed"]))
        else:
            self.verify(options["seal"])

    def replay(self, chosen: Chosen) -> None:
        """Tell each difference, then how many records were decided again."""
        self.done = 0
        found = replay_records(chosen, progress=self.note)
        shown = list(islice(found, SHOWN))
        for one in shown:
            self.stderr.write(_told(one))
        differing = len(shown) + sum(1 for _ in found)
        summary = f"{self.done} records decided again, {differing} differences."
        if differing:
            raise CommandError(summary)
        self.stdout.write(summary)

    def note(self, done: int, total: int) -> None:
        """How far it is; a terminal sees one line grow."""
        self.done = done
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total}", ending="" if done < total else "\n")

    def verify(self, noted: str) -> None:
        """Tell each fault, then the seal; a seal noted earlier must still be the same where nothing was decided since."""
        found = broken_receipts()
        shown = list(islice(found, SHOWN))
        for one in shown:
            self.stderr.write(f"{one.case or '(no case)'}: record {one.number} {FAULTS[one.fault]}.")
        broken = len(shown) + sum(1 for _ in found)
        seal = seal_of_records()
        summary = f"{seal.records} records of {seal.cases} cases, {broken} faults. Seal: {seal.digest}"
        changed = noted and noted != seal.digest
        if broken or changed:
            raise CommandError(f"{summary}\nThe seal noted was {noted}." if changed else summary)
        self.stdout.write(summary)


def _told(one: Difference) -> str:
    return f"{one.case}: record {one.number}: {one.column} was {one.then or 'empty'}, is {one.now or 'empty'}."
