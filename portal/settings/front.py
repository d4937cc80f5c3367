"""The web server in front (``deploy/nginx``): files it hands out by itself, pages it keeps for everyone."""

from __future__ import annotations

from portal.settings.env import env

DOWNLOADS_ACCEL = env.str("DOWNLOADS_ACCEL", default="")
"""Internal address under which the server in front reads ``STORAGES["files"]``; empty: the portal sends the bytes."""

PURGE_URLS: list[str] = env.list("PURGE_URLS", default=[])
"""Internal addresses of the servers in front that keep pages; they are told when a page has changed."""
PURGE_KEY = env.str("PURGE_KEY", default="")
"""The secret by which they know the portal."""
