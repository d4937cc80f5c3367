"""Work behind the pages: crawls, files, the index. Without a broker the embedded profile's own worker does it."""

from __future__ import annotations

from typing import Any

from portal.settings.base import TIME_ZONE
from portal.settings.env import env

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
"""``redis://…``; with it Celery does the work."""
CRAWL_ON_SCHEDULE = env.bool("CRAWL_ON_SCHEDULE", default=False)
"""Whether the embedded profile's worker crawls when a source is due; Celery's beat always does."""
CRAWL_TIME_LIMIT = env.int("CRAWL_TIME_LIMIT", default=6 * 3600)
"""Seconds after which a crawl gives way to others and goes on later from where it stands."""
CRAWL_ENDING_SECONDS = 60
"""How much longer it may take to end; then Celery kills it."""
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
"""With it as a bearer token ``/metrics`` is open to every address."""

WORK_TIME_LIMIT = 6 * 3600
"""Seconds for any task but a crawl: the first build of a very large index. All others end themselves long before."""

CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "crawlers.tasks.crawl_source": {"queue": "crawl"},
    "portal.tasks.drain_index": {"queue": "index"},
    "portal.tasks.read_files": {"queue": "files"},
    "portal.tasks.tell_followers": {"queue": "mail"},
}
CELERY_BEAT_SCHEDULER = "portal.beat:Scheduler"
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# Nobody asks for results: what a task did is in the database.
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None
# Every task may be done twice, none may be lost.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = WORK_TIME_LIMIT
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Redis gives an unconfirmed message to another worker after this time: later than any task can take.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": max(CRAWL_TIME_LIMIT + CRAWL_ENDING_SECONDS, WORK_TIME_LIMIT) + 600,
    "socket_connect_timeout": 5,
}
# Logs go where Django's settings say.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
