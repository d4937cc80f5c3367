"""Database, cache, files and search engine: embedded unless the environment names a server."""

from __future__ import annotations

import os
from typing import Any

from portal.settings.env import DATA_DIR, env

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that turns from reader to writer fails at once: take the write lock at BEGIN and wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # WAL survives kill -9; NORMAL may lose the last commits on power loss but never corrupts.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA cache_size=-32000;PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;",
    }
# A connection serves many requests, and one that the server has dropped is replaced before it is used.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

UPLOADS_AT_ONCE = max(2, os.cpu_count() or 1)
"""Uploaded files of one kind that are read at once, over all workers of the machine (``content.turns``)."""
TURNS = DATA_DIR / "turns"

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "snapshots": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "snapshots"},
    },
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "dumps": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "dumps"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

HAYSTACK_CONNECTIONS: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "search.engines.embedded.EmbeddedEngine",
        "PATH": str(DATA_DIR / "index"),
        # An outage must never look like "0 results".
        "SILENTLY_FAIL": False,
    },
}
ELASTICSEARCH_SNAPSHOTS = env.str("ELASTICSEARCH_SNAPSHOTS", default="")
"""Snapshot repository of the cluster that backups of the index go to; empty: a restore builds the index anew."""
HAYSTACK_ITERATOR_LOAD_PER_QUERY = 200

if elasticsearch_url := env.str("ELASTICSEARCH_URL", default=""):
    HAYSTACK_CONNECTIONS["default"] = {
        "ENGINE": "search.engines.elastic.ElasticEngine",
        "URL": elasticsearch_url,
        "INDEX_NAME": env.str("ELASTICSEARCH_INDEX", default="standards"),
        "API_KEY": env.str("ELASTICSEARCH_API_KEY", default=""),
        "CA_CERTS": env.str("ELASTICSEARCH_CA_CERTS", default=""),
        "SHARDS": env.int("ELASTICSEARCH_SHARDS", default=1),
        "REPLICAS": env.int("ELASTICSEARCH_REPLICAS", default=0),
        "SILENTLY_FAIL": False,
    }

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
