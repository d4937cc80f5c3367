"""How much one client may ask of the API, and how it is told.

Headers follow the IETF draft ``draft-ietf-httpapi-ratelimit-headers`` (version 10):
``RateLimit-Policy: "default";q=600;w=60`` and ``RateLimit: "default";r=599;t=42``.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja.throttling import BaseThrottle

from content.quota import Standing, client_address, count


class Quota(BaseThrottle):
    """Ninja's throttle over ``count``; ninja's own keeps its state on a shared object, which threads overwrite."""

    def allow_request(self, request: HttpRequest) -> bool:
        standing = count("batch" if request.method == "POST" else "default", client_address(request))
        request.rate_limit = standing  # type: ignore[attr-defined]  # read by ``tell`` when the answer leaves
        return not standing.exceeded


def tell(request: HttpRequest, response: HttpResponse) -> None:
    """Puts the client's standing into the headers of the answer; on 429 also when to come back."""
    standing: Standing | None = getattr(request, "rate_limit", None)
    if standing is None:
        return
    left = max(0, standing.quota - standing.used)
    response["RateLimit-Policy"] = f'"{standing.policy}";q={standing.quota};w={standing.window}'
    response["RateLimit"] = f'"{standing.policy}";r={left};t={standing.resets_in}'
    if standing.exceeded:
        response["Retry-After"] = str(standing.resets_in)
