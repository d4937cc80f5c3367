"""Real servers for tests, benchmarks and developers, without a container engine.

PostgreSQL, Redis and nginx are Debian's; Elasticsearch is its own minimal distribution, see ``elasticsearch``. Each
server has free ports and a folder of its own under the temporary folder, never runs as root, and ends with the process
that started it. Three ways to use them:

- tests take the fixtures of ``fixtures``: one server of each kind for the whole run, or servers of their own to kill;
- ``make services`` (``python -m tests.services``) runs them in the foreground and prints what to export;
- everything else takes them as context managers: ``with Postgres(durable=True) as postgres: …``.

What has to be installed: ``python -m tests.services.debian`` installs Debian's packages as root, and otherwise names
those that are missing. ``python -m tests.services fetch`` fetches the rest.
"""
