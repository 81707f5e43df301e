"""Commands of the runtime: `python -m config.runtime run | db-start | db-stop | db-url`."""

from __future__ import annotations

import sys

from config.runtime.places import places
from config.runtime.postgres import PostgresError, Server


def main(arguments: list[str]) -> int:
    """Carry out one command; the exit code says whether it worked."""
    server = Server(places(), say=lambda line: print(f"  · {line}", flush=True))
    try:
        match arguments:
            case ["db-start"]:
                server.start()
                print(f"PostgreSQL runs: {server.url}")
            case ["db-stop"]:
                server.stop()
            case ["db-url"]:
                print(server.url)
            case _:
                print(__doc__)
                return 2
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
