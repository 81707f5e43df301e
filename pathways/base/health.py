"""What `/healthz` answers: 200 when everything works, 503 with the names of what does not. Needs no sign-in."""

from __future__ import annotations

import datetime as dt

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pathways.base.clock import now
from pathways.base.models import Heartbeat

FRESH = dt.timedelta(seconds=30)  # six beats

_migrated = False


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return "up"


def _migrations() -> str:
    """Pending migrations; asked only until none is left, since files do not change under a running process."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "up" if _migrated else "pending"


def _heartbeats(at: dt.datetime) -> dict[str, str]:
    seen = dict(Heartbeat.objects.values_list("process", "seen_at"))
    beat, worker = seen.get("beat"), seen.get("worker")
    # The worker is judged by the last heartbeat that beat sent: a dead beat must not make it look dead as well.
    expected = min(at, beat) if beat else at
    return {
        "worker": "up" if worker and expected - worker < FRESH else "silent",
        "beat": "up" if beat and at - beat < FRESH else "silent",
    }


def check_health(at: dt.datetime) -> dict[str, str]:
    """State of each part at `at`: "up", or what is wrong with it."""
    parts = {"web": "up", "database": _database(), "migrations": "unknown", "worker": "unknown", "beat": "unknown"}
    if parts["database"] != "up":
        return parts
    try:
        parts["migrations"] = _migrations()
        parts |= _heartbeats(at)
    except DatabaseError:
        parts["migrations"] = "pending"
    return parts


@transaction.non_atomic_requests
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """State of this installation, as `{"status", "parts", "down"}`."""
    parts = check_health(now())
    down = sorted(name for name, state in parts.items() if state != "up")
    body = {"status": "down" if down else "up", "parts": parts, "down": down}
    return JsonResponse(body, status=503 if down else 200)
