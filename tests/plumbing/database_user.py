"""A program that uses the embedded database, run as a process of its own so that tests can really kill it.

    python database_user.py HOME OPTIONS_AS_JSON
Prints one JSON line when the database runs (or refuses), obeys "again", "fork" and "leave" on its standard input.
"""

import json
import os
import sys
import time
from pathlib import Path

from hotline.plumbing.embedded import EmbeddedPostgres, EmbeddedPostgresError


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def ensure(server: EmbeddedPostgres) -> None:
    try:
        info = server.ensure_running()
    except EmbeddedPostgresError as refused:
        tell(code=refused.code, zh=refused.sentence("zh"), en=refused.sentence("en"))
    else:
        tell(sockets=str(info.socket_dir), owner=info.owner_url(), app=info.app_url())


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> None:
    server = EmbeddedPostgres(Path(sys.argv[1]), say=say, **json.loads(sys.argv[2]))
    ensure(server)
    for word in sys.stdin:
        match word.strip():
            case "again":
                ensure(server)
            case "fork":
                child = os.fork()
                if child == 0:  # a worker of this program that lives until it is killed
                    os.close(0)
                    time.sleep(600)
                tell(child=child)
            case "leave":
                break


if __name__ == "__main__":
    main()
