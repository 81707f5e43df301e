"""Signs of life of the background processes, for `/healthz`."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a background process last showed that it works; one row per kind of process."""

    process = models.CharField(max_length=20, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.process
