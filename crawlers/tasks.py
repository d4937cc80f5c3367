"""Crawling as a task of Celery: one child process per crawl, watched to its end."""

from __future__ import annotations

import time

from celery import shared_task
from django.conf import settings

from content.provenance import requests, runs
from content.provenance.models import CrawlRequest, Source
from crawlers.attempts import attempt
from crawlers.stopping import stopping

WATCH_SECONDS = 1.0


@shared_task(time_limit=settings.CRAWL_TIME_LIMIT + settings.CRAWL_ENDING_SECONDS)
def crawl_source(name: str, request_id: int) -> None:
    """Crawl a source as the request asks.

    The message is only a hint: one that comes twice or late, or comes back because a worker was killed, does no harm.
    """
    request = CrawlRequest.objects.filter(pk=request_id).select_related("source").first()
    if request is None or stopping() or runs.living(name):
        return
    if (trial := attempt(request)) is not None:
        with trial:
            while not trial.over() and not stopping():
                time.sleep(WATCH_SECONDS)


@shared_task
def ask_for_crawl(name: str) -> None:
    """The time of a source has come."""
    source = Source.objects.filter(pk=name, enabled=True).first()
    if source is not None:
        requests.ask(source)
