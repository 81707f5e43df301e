"""Commands of the runtime: `python -m config.runtime COMMAND`.

COMMAND is one of run, demo-reset, db-start, db-stop, db-url, prepare, web, worker, beat.
The last four are for containers, where each process has a machine of its own.
"""

from __future__ import annotations

import os
import sys

from config.runtime import processes
from config.runtime.places import ROOT, places
from config.runtime.postgres import PostgresError, Server
from config.runtime.preparing import IN_DATABASE, PreparationError, prepare
from config.runtime.resetting import ResetError, reset
from config.runtime.supervisor import StartError, run


def say(line: str) -> None:
    """Show a step on screen."""
    print(f"  · {line}", flush=True)


def become(command: list[str]) -> None:
    """Replace this process by `command`."""
    os.chdir(ROOT)
    os.execve(command[0], command, processes.environment())  # noqa: S606  our own command lines


def main(arguments: list[str]) -> int:
    """Carry out one command; the exit code says whether it worked."""
    server = Server(places(), say=say)
    match arguments:
        case ["run"]:
            return run(places())
        case ["demo-reset"]:
            reset(places(), say=say)
        case ["db-start"]:
            server.start()
            print(f"PostgreSQL runs: {server.url}")
        case ["db-stop"]:
            server.stop()
        case ["db-url"]:
            print(server.url)
        case ["prepare"]:
            prepare(places(), database=None, say=say, demo=os.environ.get("PATHWAYS_DEMO") == "1", steps=IN_DATABASE)
        case ["web"]:
            become(processes.web(os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000)))
        case ["worker"]:
            become(processes.worker())
        case ["beat"]:
            become(processes.beat())
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (PostgresError, PreparationError, ResetError, StartError) as error:
        sys.exit(f"\n  {error}\n")
