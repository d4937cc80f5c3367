"""Settings of the child process that runs Haystack's own tests: theirs, with our engine as ``elasticsearch``."""

from __future__ import annotations

import os
from typing import Any

from test_haystack.settings import *  # type: ignore[import-not-found]  # noqa: F403
from test_haystack.settings import INSTALLED_APPS as _THEIRS

INSTALLED_APPS = [
    *(app for app in _THEIRS if "spatial" not in app),  # needs GDAL
    # The backend knows the portal's records, which have no part in these tests.
    *("content.provenance", "content.standards", "content.reach", "content.regulations", "content.tbt"),
    *("search", "wagtail", "taggit"),
]
DATABASES: dict[str, Any] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
HAYSTACK_ROUTERS = ["haystack.routers.DefaultRouter"]
HAYSTACK_CONNECTIONS = {
    "default": {"ENGINE": "test_haystack.mocks.MockEngine"},
    "elasticsearch": {
        "ENGINE": "search.engines.elastic.ElasticEngine",
        "URL": os.environ["ELASTICSEARCH_URL"],
        "INDEX_NAME": os.environ["SUITE_INDEX"],
        "INCLUDE_SPELLING": True,
        "EXCLUDED_INDEXES": [
            f"search.search_indexes.{name}"
            for name in ("StandardIndex", "SubstanceIndex", "RegulationIndex", "NotificationIndex", "GuidanceIndex")
        ],
    },
}
STORAGES = {
    name: {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    for name in ("default", "staticfiles", "files", "snapshots")
}
