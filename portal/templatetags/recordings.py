"""How old bundled facts are: a source read from its recording is as fresh as the recording, not as the reading."""

from __future__ import annotations

from django import template

from crawlers import bundle
from crawlers.errors import BundleError

register = template.Library()


@register.filter
def recording_date(source: str) -> str:
    """The month or day on which the newest bundled document of a source was recorded; empty where none is bundled."""
    try:
        return max((one.recorded for one in bundle.recordings(source).values()), default="")
    except BundleError:
        return ""
