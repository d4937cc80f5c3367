"""The live site as a fetch back end: Scrapy's own HTTP handler, and a streaming one for bulk files.

Scrapy collects a body in memory and copies it twice; ISO's deliverables alone have more than 100 MB. For a request
marked ``SPOOL`` the body is written to a file as it arrives, with Twisted's HTTP client underneath Scrapy's
middlewares, which go on caring for robots.txt, delays, redirects and retries.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.contextfactory import load_context_factory_from_settings
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Headers, Request, Response
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.client import Agent, ResponseDone
from twisted.web.http_headers import Headers as TxHeaders
from twisted.web.iweb import UNKNOWN_LENGTH

from crawlers.responses import SPOOL, SpooledResponse, SpoolFile, spool_file

CONNECT_TIMEOUT = 30.0
SILENCE_TIMEOUT = 60.0
"""Seconds without a byte after which a transfer counts as broken."""


class LiveHandler(HTTP11DownloadHandler):
    """Requests marked ``SPOOL`` go into files, all others the way Scrapy fetches them."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        # Any: Twisted's interfaces are zope interfaces, which type checkers take for plain classes.
        self._reactor: Any = reactor
        self._spool_agent: Any = Agent(  # type: ignore[no-untyped-call]
            reactor,
            load_context_factory_from_settings(crawler.settings, crawler),
            connectTimeout=CONNECT_TIMEOUT,
        )

    async def download_request(self, request: Request) -> Response:
        if not request.meta.get(SPOOL):
            return await super().download_request(request)
        headers = request.headers.copy()
        headers["Accept-Encoding"] = "identity"
        tx_headers = TxHeaders({name: list(values) for name, values in headers.items()})
        pending = self._spool_agent.request(request.method.encode(), request.url.encode(), tx_headers)
        response: Any = await maybe_deferred_to_future(pending)
        limit = int(request.meta.get("download_maxsize", self.crawler.settings.getint("DOWNLOAD_MAXSIZE")))
        file = spool_file()
        if response.length != 0:
            done: Deferred[None] = Deferred()
            response.deliverBody(_Spooler(file, limit, done, self._reactor))
            overall = self._reactor.callLater(float(request.meta["download_timeout"]), _expire, done)
            try:
                await maybe_deferred_to_future(done)
            finally:
                if overall.active():
                    overall.cancel()
        answered = Headers(dict(response.headers.getAllRawHeaders()))
        if response.length is not UNKNOWN_LENGTH:
            answered["Content-Length"] = str(response.length)
        if response.code == 200:
            return SpooledResponse(request.url, status=200, headers=answered, file=file)
        return Response(request.url, status=response.code, headers=answered)


class _Spooler(Protocol):
    """Writes a body to a file; ``done`` fires when all of it is there, or with what went wrong."""

    def __init__(self, file: SpoolFile[bytes], limit: int, done: Deferred[None], reactor: Any) -> None:
        self._file, self._limit, self._done = file, limit, done
        self._size = 0
        self._silence = reactor.callLater(SILENCE_TIMEOUT, self._expired)

    def dataReceived(self, data: bytes) -> None:
        if self._done.called:
            return
        self._silence.reset(SILENCE_TIMEOUT)
        self._size += len(data)
        if self._limit and self._size > self._limit:
            self._end(DownloadCancelledError(f"the body is longer than {self._limit} bytes"))
            return
        self._file.write(data)

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        if isinstance(reason.value, ResponseDone):
            self._end(None)
        else:
            self._end(ResponseDataLossError(f"the body broke off after {self._size} bytes: {reason.value}"))

    def _expired(self) -> None:
        self._end(DownloadTimeoutError(f"no byte for {SILENCE_TIMEOUT:g} seconds"))

    def _end(self, problem: Exception | None) -> None:
        if self._silence.active():
            self._silence.cancel()
        if self._done.called:
            return
        if problem is None:
            self._done.callback(None)
            return
        self._done.errback(problem)
        transport: Any = self.transport
        if transport:
            transport.loseConnection()


def _expire(done: Deferred[None]) -> None:
    if not done.called:
        done.errback(DownloadTimeoutError("the whole transfer took too long"))
