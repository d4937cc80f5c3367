"""What can go wrong in a crawl.

::

    CrawlError
    ├── ConfigError           the source's YAML is missing, malformed or contradicts itself
    ├── BundleError           the bundled recording is missing, damaged or not what its manifest says
    ├── StructureChanged      a document is not built as the parser knows it: the run fails
    ├── RecordError           one record cannot be read: it is kept aside and the run goes on
    ├── ExpectationFailed     the run as a whole is not what the source's YAML expects: nothing is marked as missing
    └── RunError              (content.provenance.runs) another run is going on, or this one was taken over
"""

from __future__ import annotations


class CrawlError(Exception):
    """Base of all errors of crawlers."""


class ConfigError(CrawlError):
    """The source's YAML is missing, malformed or contradicts itself."""


class BundleError(CrawlError):
    """The bundled recording is missing, damaged or not what its manifest says."""


class StructureChanged(CrawlError):
    """A document is not built as the parser knows it; reading on would store nonsense, so the run fails."""


class RecordError(CrawlError):
    """One record cannot be read; it is kept aside with ``reason`` (a short code) and the run goes on."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class ExpectationFailed(CrawlError):
    """The run as a whole is not what the source's YAML expects."""
