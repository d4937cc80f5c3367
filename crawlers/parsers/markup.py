"""Reading hostile HTML: bounded, whole, and by the labels a person would read.

Markup of the portals changes every year, their labels hardly ever do; so nothing here goes by position.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree, html

from crawlers.errors import StructureChanged
from crawlers.parsers.firewall import refuse_block_page

MAX_PAGE_BYTES = 2 * 1024 * 1024
"""The largest recorded page has 270 kB; beyond 2 MiB it is no page of a portal."""

_END_OF_PAGE = re.compile(rb"</html\s*>", re.IGNORECASE)
_OPENED = re.compile(rb"<(?:table|tbody|tr|div|ul)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(rb"</(?:table|tbody|tr|div|ul)\s*>", re.IGNORECASE)
_MAX_BEHIND_END = 20_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LABEL = re.compile(r"([^\s：:]{2,14})\s*[：:]\s*(.*)", re.DOTALL)


class PageCutOff(StructureChanged):
    """The answer breaks off before its end: what is missing must not pass for an empty list."""


def document(body: bytes, url: str) -> html.HtmlElement:
    """The parsed page without scripts, styles and comments.

    Raises StructureChanged (its subclasses Blocked for a firewall's page, PageCutOff for half a page).
    """
    if not body.strip():
        raise StructureChanged(f"{url}: empty answer")
    if len(body) > MAX_PAGE_BYTES:
        raise StructureChanged(f"{url}: {len(body)} bytes, more than {MAX_PAGE_BYTES}")
    refuse_block_page(body, url)
    if not _is_whole(body):
        raise PageCutOff(f"{url}: the page breaks off after {len(body)} bytes")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_decoded(body).encode(), parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise StructureChanged(f"{url}: no HTML: {problem}") from problem
    etree.strip_elements(root, "script", "style", "noscript", "template", with_tail=False)
    return root


def _is_whole(body: bytes) -> bool:
    """Whether the answer goes to its end.

    The portals include fragments that are whole pages of their own, so ``</html>`` may stand in the middle, and put
    boxes behind the last one: what follows the last one must be closed.
    """
    ends = [found.end() for found in _END_OF_PAGE.finditer(body)]
    if not ends or len(body) - ends[-1] > _MAX_BEHIND_END:
        return False
    return len(_OPENED.findall(body, ends[-1])) <= len(_CLOSED.findall(body, ends[-1]))


def _decoded(body: bytes) -> str:
    found = _CHARSET.search(body, 0, 4096)
    charset = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    # Every label GB2312 and GBK pages carry is written by software that means GB 18030, which holds both.
    encoding = "gb18030" if charset in ("gb2312", "gbk", "gb18030") else "utf-8"
    return _CONTROL.sub(" ", body.decode(encoding, "replace"))


def clean(text: str) -> str:
    """One line: runs of white space, no-break and ideographic spaces included, become one space."""
    return " ".join(text.split())


def text_of(element: html.HtmlElement) -> str:
    """All text in ``element``, on one line."""
    return clean("".join(element.itertext()))


def label_of(text: str) -> str:
    """A label in one spelling: no white space, half-width brackets, no colon: ``分类号（CCS）：`` → ``分类号(CCS)``."""
    return unicodedata.normalize("NFKC", "".join(text.split())).rstrip(":")


def classed(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """Descendants that have the class ``name``, in document order."""
    return list(element.find_class(name))


def split_label(text: str) -> tuple[str, str] | None:
    """``标准状态： 现行`` → its label and its value; None where the text is no labelled value."""
    found = _LABEL.fullmatch(clean(text))
    return (label_of(found[1]), found[2].strip()) if found else None


def labelled_neighbours(
    root: html.HtmlElement, label_path: str, value_class_or_tag: str
) -> Iterator[tuple[str, html.HtmlElement]]:
    """Pairs of a label element and the value element right after it.

    ``value_class_or_tag`` is what the neighbour must be: a tag name (``dd``) or a class (``.content``). A label whose
    neighbour is another one stands for a field without a value and is passed over.
    """
    for label in root.xpath(label_path):
        value = label.getnext()
        if value is None:
            continue
        wanted = value_class_or_tag.removeprefix(".")
        if value_class_or_tag.startswith(".") and wanted not in value.classes:
            continue
        if not value_class_or_tag.startswith(".") and value.tag != wanted:
            continue
        yield label_of("".join(label.itertext())), value


def gather(pairs: Iterator[tuple[str, str]], known: frozenset[str], url: str) -> dict[str, str]:
    """Values by label. StructureChanged for a label nobody has decided about or one with two different values."""
    values: dict[str, str] = {}
    for label, value in pairs:
        if label not in known:
            raise StructureChanged(f"{url}: a field nobody knows: {label[:60]!r}")
        if values.get(label) and value and values[label] != value:
            raise StructureChanged(f"{url}: {label} says two things: {values[label][:60]!r}, {value[:60]!r}")
        values[label] = values.get(label) or value
    return values
