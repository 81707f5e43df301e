"""`manage.py load_reference`: municipalities, nationalities, permits, languages, offices. Safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pathways.base.clock import today
from pathways.programmes.actions import load_reference


class Command(BaseCommand):
    """Load the shipped reference data."""

    help = "Load the shipped reference data: municipalities, nationalities, permits, languages, offices."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and count."""
        for table, number in load_reference(on=today()).items():
            self.stdout.write(f"{number:5} {table}")
