"""``make services``: run PostgreSQL, Redis and Elasticsearch until Ctrl-C, and print what to export.

``python -m tests.services redis`` runs those that are named only; ``python -m tests.services fetch`` runs none, and
only fetches and builds what is not Debian's.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack

from tests.services import shared
from tests.services.elasticsearch import Elasticsearch, home
from tests.services.errors import ServiceError
from tests.services.postgres import Postgres
from tests.services.redis import Redis
from tests.services.server import Server


def fetch() -> None:
    if not home.place().exists():
        say("Fetching Elasticsearch …")
    home.install()


def make(kind: str) -> tuple[Server, dict[str, str]]:
    """A server of this kind as production has it, and the settings that name it."""
    match kind:
        case "postgres":
            postgres = Postgres(durable=True)
            return postgres, {"DATABASE_URL": postgres.url}
        case "redis":
            redis = Redis()
            return redis, {"CELERY_BROKER_URL": redis.url, "CACHE_URL": redis.database(1)}
        case "elasticsearch":
            fetch()
            elasticsearch = Elasticsearch(long_lived=True)
            return elasticsearch, {"ELASTICSEARCH_URL": elasticsearch.url}
        case _:
            raise ServiceError(f"{kind} is none of {', '.join(shared.KINDS)}")


def run(kinds: Sequence[str]) -> None:
    """Ends with Ctrl-C, and by itself when a server ends."""
    with ExitStack() as stack:
        made = [make(kind) for kind in kinds]
        say(f"Starting {', '.join(kinds)} …")
        for server, _ in made:
            stack.callback(server.close)
            server.launch()
        for server, _ in made:
            server.wait()
        say("export " + " ".join(f"{name}={value}" for _, settings in made for name, value in settings.items()))
        say("Ctrl-C stops them and removes their data.")
        while all(server.running for server, _ in made):
            time.sleep(0.5)
        raise ServiceError("a server has ended by itself")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    wanted = sys.argv[1:]
    try:
        fetch() if wanted == ["fetch"] else run(wanted or list(shared.KINDS))
    except KeyboardInterrupt:
        return 0
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
