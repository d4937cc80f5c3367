"""How much the open API gives to one client."""

from __future__ import annotations

from portal.settings.env import env

API_RATE_LIMITS: dict[str, tuple[int, int]] = {
    "default": (env.int("API_RATE_LIMIT", default=600), 60),
    "batch": (env.int("API_BATCH_RATE_LIMIT", default=60), 60),
}
"""Requests per seconds for each kind of operation; one batch request may carry 1,000 designations."""

TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", default=[])
"""Networks (``10.0.0.0/8``) of the proxies in front, whose X-Forwarded-For names the client."""
