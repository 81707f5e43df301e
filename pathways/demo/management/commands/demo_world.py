"""`manage.py demo_world`: fills an empty database with the demo world."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from pathways.base.clock import today
from pathways.cases.models import Case
from pathways.demo.world import build_world


class Command(BaseCommand):
    """Builds the demo world."""

    help = "Fill an empty database with invented people, dated relative to today. Works in demo mode only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--if-empty` makes the second run a matter of course."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there are cases")
        parser.add_argument("--size", type=float, default=1.0, help="how many times the usual number of people")

    def handle(self, *args: Any, if_empty: bool, size: float, **options: Any) -> None:
        """Build it, or say why not."""
        if not settings.DEMO:
            raise CommandError("The demo world has public passwords: set PATHWAYS_DEMO=1 to build it.")
        if Case.objects.exists():
            if if_empty:
                return
            raise CommandError("There are cases already. `make demo-reset` begins anew.")
        with transaction.atomic():  # stopped half-way it leaves nothing, so that the next start builds it whole
            number = build_world(on=today(), say=lambda step: self.stdout.write(f"demo world: {step}"), size=size)
        self.stdout.write(f"demo world: {number} cases")
