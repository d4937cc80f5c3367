"""X Consortium Standards, https://www.x.org/releases/X11R7.7/doc/: directory listings and title pages.

The specifications are DocBook HTML with the PDF beside it under the same name. Listings are Apache's; their layout is
known from documentation, that of the title pages from the specifications themselves.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import html

from content.standards.items import FileItem, StandardItem
from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers.markup import document, text_of

STANDARD = "X Consortium Standard"
"""The subtitle of a specification that the X Consortium adopted; documents without it are guides and designs."""

_VERSION = re.compile(r"Version (\d{1,2}(?:\.\d{1,2}){0,2})")
_DRAFT = re.compile(r"\bDraft\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_FREE = "Permission is hereby granted, free of charge"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{1,30}")


def parse_listing(body: bytes, url: str) -> list[str]:
    """Addresses below ``url`` that a directory listing names, in its order; StructureChanged for another page."""
    root = document(body, url)
    if not text_of(root).startswith("Index of "):
        raise StructureChanged(f"{url}: no directory listing")
    found = [urljoin(url, str(link.get("href", ""))).split("#")[0] for link in root.iter("a")]
    return list(dict.fromkeys(it for it in found if it.startswith(url) and it != url and "?" not in it))


def specifications(addresses: list[str]) -> list[str]:
    """Of a listing, the HTML documents that have a PDF beside them."""
    held = set(addresses)
    return [it for it in addresses if it.endswith(".html") and it.removesuffix(".html") + ".pdf" in held]


def parse_title_page(body: bytes, url: str) -> StandardItem | None:
    """The specification at ``url``; None for a document that is no standard.

    The year is the last one of the copyright notice, which states the year of first publication (17 U.S.C. 401(b)(2)).
    The PDF is offered in full only if the document's own licence notice permits passing it on.
    """
    root = document(body, url)
    page = next(iter(root.find_class("titlepage")), None)
    heading = next(iter(page.find_class("title")), None) if page is not None else None
    if page is None or heading is None:
        raise StructureChanged(f"{url}: no title page")
    if STANDARD not in [text_of(it) for it in page.find_class("subtitle")]:
        return None
    name = _short_name(heading, url)
    versions = [_VERSION.fullmatch(text_of(it)) for it in page.find_class("releaseinfo")]
    version = next((found[1] for found in versions if found), "")
    if not version:
        raise RecordError("missing_value", "version")
    years = [year for it in page.find_class("copyright") for year in _YEAR.findall(text_of(it))]
    free = any(_FREE in text_of(it) for it in page.find_class("legalnotice"))
    pdf = url.removesuffix(".html") + ".pdf"
    return StandardItem(
        key=name.lower(),
        url=url,
        designation=f"{STANDARD} {name.upper()} {version}",
        title_en=text_of(heading),
        edition=version,
        status="draft" if _DRAFT.search(text_of(heading)) else "in_force",
        published=max(years, default=""),
        responsible=("X.Org Foundation",),
        languages=("en",),
        files=(FileItem(url=pdf, access="full_text", language="en"),) if free else (),
    )


def _short_name(heading: html.HtmlElement, url: str) -> str:
    """The document's own id (``icccm``), which is what everybody calls it by."""
    for anchor in heading.iter("a"):
        if _NAME.fullmatch(anchor.get("id", "")):
            return str(anchor.get("id"))
    raise StructureChanged(f"{url}: the title has no id")
