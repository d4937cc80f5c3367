"""A response whose body lies in a temporary file: what a large document is fetched as."""

from __future__ import annotations

import tempfile
from typing import IO, Any

from scrapy.http import Response

SPOOL = "spool"
"""Request.meta key: fetch the body into a file instead of into memory."""

SpoolFile = tempfile._TemporaryFileWrapper


def spool_file() -> SpoolFile[bytes]:
    """A temporary file that is removed with its last reference."""
    return tempfile.NamedTemporaryFile(prefix="crawl-")


class SpooledResponse(Response):
    """``file`` lives as long as the response; ``body`` is empty."""

    attributes: tuple[str, ...] = (*Response.attributes, "file")

    def __init__(self, *args: Any, file: SpoolFile[bytes], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file.flush()
        self.file = file

    def reopen(self) -> IO[bytes]:
        """The body from its start, independent of other readers."""
        return open(self.file.name, "rb")
