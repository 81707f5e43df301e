"""The screens at a thousand cases, on a server of their own: `python -m bench.few` writes what it measured as JSON.

A second process, so that both sides can be looked at in the same minute and neither population has to make place.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from bench import screens, world  # noqa: E402
from bench.measuring import settle, sql  # noqa: E402
from bench.population import populate  # noqa: E402
from config.runtime.places import places  # noqa: E402
from config.runtime.postgres import Server, running  # noqa: E402
from pathways.base.clock import today  # noqa: E402
from pathways.cases.deciding import decide_first  # noqa: E402

FEW = 1_000


def look_at_few() -> screens.Found:
    """Mean in seconds and number of queries, by what was looked at."""
    elsewhere = {**os.environ, "PATHWAYS_DATA": str(places().data / "few")}
    ran = subprocess.run([sys.executable, "-m", "bench.few"], env=elsewhere, stdout=subprocess.PIPE, check=True)
    return {name: (seconds, queries) for name, (seconds, queries) in json.loads(ran.stdout.splitlines()[-1]).items()}


def main() -> None:
    """Make the thousand cases unless they are there, and look."""
    on = today()
    world.prepare()
    if sql("SELECT count(*) FROM cases_case")[0][0] != FEW:
        populate(rows=FEW, on=on, counselors=world.counselors(on=on))
    decide_first(on=on)
    settle()
    print(json.dumps(screens.look(on=on)))


if __name__ == "__main__":
    with running(Server(places())):
        main()
