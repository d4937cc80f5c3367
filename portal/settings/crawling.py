"""What crawlers may do and how much of it."""

from __future__ import annotations

from pathlib import Path

from portal.settings.env import BASE_DIR, env

CRAWL_BUNDLE_DIR = Path(env.str("CRAWL_BUNDLE_DIR", default=str(BASE_DIR / "crawlers" / "recorded")))
"""Bundled facts: the second fetch back end of every source (``manage.py crawl NAME --recorded``)."""
CRAWL_MAX_BODY_BYTES = env.int("CRAWL_MAX_BODY_BYTES", default=512 * 1024 * 1024)
WTO_API_KEY = env.str("WTO_API_KEY", default="")
"""Key of the WTO's interface ePing, from https://apiportal.wto.org/; unset means that it is not asked."""
EXPECT_BUNDLES = env.bool("EXPECT_BUNDLES", default=False)
"""Whether ``/readyz`` waits for the bundled facts; ``manage.py run`` sets it for the web server it starts."""
