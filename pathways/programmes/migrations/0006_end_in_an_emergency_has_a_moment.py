"""When a version was ended in an emergency: decisions before it are replayed with it, those after it without."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("programmes", "0005_emergency_end")]

    operations: ClassVar = [
        migrations.AddField(
            "ruleset",
            "ended_at",
            models.DateTimeField(blank=True, help_text="When it was ended in an emergency.", null=True),
        ),
    ]
