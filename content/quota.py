"""How much one client may ask of what is dear: the API and the forms that take files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

# A subscriber line gets a whole /64; counting single addresses of it would limit nobody (RFC 6177).
IPV6_PREFIX = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a client stands within its quota: ``quota`` requests per ``window`` seconds."""

    policy: str
    quota: int
    window: int
    used: int
    resets_in: int

    @property
    def exceeded(self) -> bool:
        return self.used > self.quota

    @property
    def refusal(self) -> str:
        """What to tell whoever has used it up."""
        return ngettext(
            "You have sent many requests. Try again in %(seconds)d second.",
            "You have sent many requests. Try again in %(seconds)d seconds.",
            self.resets_in,
        ) % {"seconds": self.resets_in}


def client_address(request: HttpRequest) -> str:
    """The client's network address, for counting.

    ``X-Forwarded-For`` is believed only as far as ``TRUSTED_PROXIES`` wrote it: from the right, the first address
    that is none of them. Anybody may send that header, so without such a proxy it is ignored.
    """
    hops = [request.META.get("REMOTE_ADDR", "")]
    hops += reversed([hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")])
    trusted = [ip_network(network, strict=False) for network in settings.TRUSTED_PROXIES]
    address: IPv4Address | IPv6Address | None = None
    for hop in hops:
        try:
            address = ip_address(hop)
        except ValueError:
            break
        if not any(address in network for network in trusted):
            break
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, IPV6_PREFIX), strict=False))
    return str(address or "unknown")


def count(policy: str, client: str) -> Standing:
    """Counts one request of ``client`` and tells where it stands. Windows are fixed and begin on the whole window.

    ``add`` and ``incr`` are atomic in every cache back end: threads and processes that share a cache share the count.
    """
    quota, window = settings.API_RATE_LIMITS[policy]
    now = time.time()
    number = int(now // window)
    key = f"ratelimit:{policy}:{client}:{number}".replace(" ", "")
    cache.add(key, 0, timeout=window + 1)
    try:
        used = cache.incr(key)
    except ValueError:  # evicted between the two calls
        used = 1
    return Standing(policy, quota, window, used, resets_in=max(1, round((number + 1) * window - now)))
