"""x.org: title pages as DocBook makes them, Apache's directory listings."""

from __future__ import annotations

import pytest

from content.standards.items import FileItem, StandardItem
from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import xorg

BASE = "https://www.x.org/releases/X11R7.7/doc/xorg-docs/"
URL = BASE + "icccm/icccm.html"
LICENCE = '<div class="legalnotice"><p>Permission is hereby granted, free of charge, to any person …</p></div>'


def title_page(subtitle: str = "X Consortium Standard", version: str = "Version 2.0", licence: str = LICENCE) -> bytes:
    """As docbook-xsl builds it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>I</title></head>
      <body><div class="book"><div class="titlepage"><div><div><h1 class="title"><a id="icccm"></a>Inter-Client
      Communication Conventions Manual</h1></div><div><h2 class="subtitle"><em>{subtitle}</em></h2></div>
      <div><h3 class="author">A. Body</h3></div><div><p class="releaseinfo">X Version 11, Release 7.7</p></div>
      <div><p class="releaseinfo">{version}</p></div>
      <div><p class="copyright">Copyright © 1988, 1991, 1993, 1994 X Consortium</p></div>
      <div>{licence}</div></div></div></div></body></html>""".encode()


def test_title_page() -> None:
    assert xorg.parse_title_page(title_page(), URL) == StandardItem(
        key="icccm",
        url=URL,
        designation="X Consortium Standard ICCCM 2.0",
        title_en="Inter-Client Communication Conventions Manual",
        edition="2.0",
        status="in_force",
        published="1994",
        responsible=("X.Org Foundation",),
        languages=("en",),
        files=(FileItem(url=BASE + "icccm/icccm.pdf", access="full_text", language="en"),),
    )


def test_a_guide_is_no_standard() -> None:
    assert xorg.parse_title_page(title_page(subtitle="A guide"), URL) is None


def test_without_a_licence_that_permits_it_no_file_is_offered() -> None:
    item = xorg.parse_title_page(title_page(licence="<p>All rights reserved.</p>"), URL)
    assert item is not None
    assert item.files == ()


def test_a_standard_without_a_version_is_set_aside() -> None:
    with pytest.raises(RecordError):
        xorg.parse_title_page(title_page(version="Draft"), URL)


@pytest.mark.parametrize("page", [b"<html><body>x</body></html>", b"", b"<html><div class='titlepage'></div></html>"])
def test_another_page_is_an_error(page: bytes) -> None:
    with pytest.raises(StructureChanged):
        xorg.parse_title_page(page, URL)


LISTING = b"""<!DOCTYPE HTML><html><head><title>Index of /releases/X11R7.7/doc/xorg-docs/icccm</title></head><body>
  <h1>Index of /releases/X11R7.7/doc/xorg-docs/icccm</h1><table><tr><th><a href="?C=N;O=D">Name</a></th></tr>
  <tr><td><a href="/releases/X11R7.7/doc/xorg-docs/">Parent Directory</a></td></tr>
  <tr><td><a href="icccm.html">icccm.html</a></td></tr><tr><td><a href="icccm.pdf">icccm.pdf</a></td></tr>
  <tr><td><a href="notes.html">notes.html</a></td></tr><tr><td><a href="sub/">sub/</a></td></tr>
  <tr><td><a href="https://example.org/x.pdf">x</a></td></tr></table></body></html>"""


def test_listing() -> None:
    here = BASE + "icccm/"
    addresses = xorg.parse_listing(LISTING, here)
    assert addresses == [here + name for name in ("icccm.html", "icccm.pdf", "notes.html", "sub/")]
    assert xorg.specifications(addresses) == [here + "icccm.html"]


def test_another_page_is_no_listing() -> None:
    with pytest.raises(StructureChanged):
        xorg.parse_listing(title_page(), BASE)
