"""What every public template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Names and addresses of the site: ``site_name``, ``site_url``."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
