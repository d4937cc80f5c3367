"""Notifications of the TBT Agreement as the WTO's document services give them: DOCX or PDF, English, French, Spanish.

Built from documentation and not from recorded documents: the notification formats of G/TBT/35 and its revisions and
the format of addenda of June 2014 (https://docs.wto.org), from which ``tbt_labels`` and ``tbt_boxes`` have the wording.
Points are recognised by their labels and not by their places, so that a form of another year, with points left out,
in another order, in cells or in lines, is read as far as its words are known. Corrigenda, supplements and the addenda
from before 2014 are free text: all of it is their description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from pydantic import ValidationError

from content.sheets import UploadError
from content.tbt import symbols
from content.tbt.items import Language, NotificationItem
from content.tbt.symbols import Symbol
from crawlers.documents import Document, Rejected
from crawlers.errors import RecordError
from crawlers.parsers.tbt_boxes import articles, events
from crawlers.parsers.tbt_dates import first_date
from crawlers.parsers.tbt_labels import Point
from crawlers.parsers.tbt_points import MAX_HEADER_LINES, Form, read
from crawlers.parsers.tbt_reading import lines_of_document
from crawlers.parsers.tbt_text import cut, fold, lines_of, on_one_line
from crawlers.parsers.tbt_urls import MAX_URL, urls_of
from crawlers.parsers.tbt_values import available, products, title
from crawlers.pdf import Extractor

MAX_SYMBOLS: Final = 40
"""Notifications that one document is; members of a customs union notify together, each under a symbol of its own."""
MAX_FILES: Final = 50
SENTENCES: Final = frozenset({Point.OPENING, Point.FOOTNOTE})
"""Recognised by how they begin; a document that has these alone is free text."""

_PAGE: Final = re.compile(r"(?:Page|Página) ?:? ?\d{1,3} ?/ ?\d{1,3}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\((\d{2}-\d{3,6})\)")
_SYMBOLS_APART: Final = re.compile(r"[,;]|[ ](?=[Gg][ ]?/)|[ ](?:and|et|y)[ ]")
_SENTENCE: Final = re.compile(r"\.(?:\n|$)")
_NOTHING: Final = re.compile(r"[-–—.*/ ]*")
_BRACES: Final = re.compile(r"[)}\]\s]+")


def parse(document: Document, extractor: Extractor | None = None) -> Iterator[NotificationItem | Rejected]:
    """The notifications that a document is: one, or one for each symbol in its head.

    Many PDF files are read faster with an ``extractor`` that is kept.
    """
    try:
        lines = lines_of_document(document, extractor)
    except UploadError as problem:
        yield Rejected(document.url[-200:], document.url, "unreadable", str(problem)[:500])
    except RecordError as problem:
        yield Rejected(document.url[-200:], document.url, problem.reason, problem.detail)
    else:
        yield from of_lines(lines.body, document.url, lines.edges)


def of_lines(lines: Iterable[str], url: str, edges: Sequence[str] = ()) -> Iterator[NotificationItem | Rejected]:
    """The same from the lines of a document; ``edges`` are those at the head and foot of its pages."""
    form = read(_without_edges(lines_of(lines)))
    header = [*form.header, *lines_of(edges)]
    try:
        first, *others = _symbols(header)
        item = _item(form, header, url, first, _language(form, first))
    except RecordError as problem:
        yield Rejected(url[-200:], url, problem.reason, problem.detail)
    except ValidationError as problem:
        (wrong, *_more) = problem.errors()
        yield Rejected(url[-200:], url, "invalid", f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"[:500])
    else:
        yield item
        for symbol in others:
            yield item.model_copy(update={"key": _key(symbol, item.language), "symbol": symbol.canonical})


def _key(symbol: Symbol, language: Language) -> str:
    return f"{symbol.canonical} {language}"


def _without_edges(lines: list[str]) -> list[str]:
    """The lines without the symbol and the number of each page, which a reader of pages may take for text."""
    own = next((line for line in lines[:MAX_HEADER_LINES] if symbols.read(line)), None)
    first = lines.index(own) if own else 0
    return [line for at, line in enumerate(lines) if not ((line == own and at > first) or _PAGE.fullmatch(line))]


def _symbols(header: Sequence[str]) -> list[Symbol]:
    """The symbols of the document: those that stand alone in its head, else the first that is named there."""
    alone = [symbol for line in header for part in _SYMBOLS_APART.split(line[:2_000]) if (symbol := symbols.read(part))]
    found = alone or [symbol for line in header for symbol in symbols.find(line[:2_000])][:1]
    if not found:
        raise RecordError("no_symbol", "the head of the document has no symbol of a notification")
    if not (ours := [symbol for symbol in found if symbol.is_tbt]):
        raise RecordError("other_agreement", f"{found[0]} is a notification under the SPS Agreement")
    return list(dict.fromkeys(ours))[:MAX_SYMBOLS]


def _language(form: Form, symbol: Symbol) -> Language:
    if form.language is None:
        raise RecordError("no_language", "no label and no first line is in English, French or Spanish")
    if not set(form.values) - SENTENCES and not symbol.parts:
        raise RecordError("no_points", "no point of the form is recognised by its label")
    return form.language


def _item(form: Form, header: Sequence[str], url: str, symbol: Symbol, language: Language) -> NotificationItem:
    covered = products(_value(form, Point.PRODUCTS))
    named = title(_value(form, Point.TITLE))
    happened, deadline = events(_value(form, Point.REASON))
    adoption, entry = _days(form)
    head = _head(header)
    number = _NUMBER.search(head)
    return NotificationItem(
        key=_key(symbol, language),
        url=url,
        symbol=symbol.canonical,
        language=language,
        circulated=first_date(head)[0],
        number=number[1] if number else "",
        agency=cut(on_one_line(_value(form, Point.AGENCY)), 2_000),
        articles=articles(_value(form, Point.ARTICLES)),
        products=cut(covered.text, 20_000),
        hs=covered.hs,
        ics=covered.ics,
        title=cut(named.text, 2_000),
        pages=tuple(named.pages),
        languages=tuple(named.languages),
        description=cut(_description(form, symbol), 20_000),
        objective=cut(_value(form, Point.OBJECTIVE), 20_000),
        relevant=cut(_value(form, Point.RELEVANT), 20_000),
        adoption=cut(adoption, 500),
        entry=cut(entry, 500),
        comments=cut(on_one_line(_value(form, Point.COMMENTS)) or deadline, 500),
        available=available(_value(form, Point.AVAILABLE)),
        documents=tuple(_files(form, symbol))[:MAX_FILES],
        form=url if _at_the_wto(url) else "",
        events=happened,
    )


def _value(form: Form, point: Point) -> str:
    value = form.values.get(point, "")
    return "" if _NOTHING.fullmatch(value) else value


def _head(header: Sequence[str]) -> str:
    """The lines above the text, in which the day of circulation and the number of the document stand."""
    return "\n".join(line for line in header if "dated" not in (folded := fold(line)) and "datee du" not in folded)


def _days(form: Form) -> tuple[str, str]:
    """Adoption and entry into force as written. Forms bracket the two labels where one statement is for both."""
    adoption, entry, both = (on_one_line(_value(form, one)) for one in (Point.ADOPTION, Point.ENTRY, Point.BOTH))
    if adoption and _BRACES.fullmatch(adoption):
        adoption = entry = entry.lstrip(")}] ")
    return adoption or both, entry or both


def _description(form: Form, symbol: Symbol) -> str:
    """Point 6. What is issued to a notification may be free text after the sentence by which it is circulated."""
    if (value := _value(form, Point.DESCRIPTION)) or not symbol.parts:
        return value
    text = _value(form, Point.OPENING)
    if sentence := _SENTENCE.search(text):
        return text[sentence.end() :].strip()
    return "" if set(form.values) - SENTENCES else text


def _files(form: Form, symbol: Symbol) -> list[str]:
    """Addresses of points 5 and 11, and those of free text, by which translations are handed in."""
    places = (Point.TITLE, *((Point.OPENING,) if symbol.parts else ()), Point.AVAILABLE)
    return list(dict.fromkeys(url for place in places for url in urls_of(_value(form, place))))


def _at_the_wto(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return len(url) <= MAX_URL and (host == "wto.org" or host.endswith(".wto.org"))
