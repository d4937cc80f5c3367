"""Reading hostile HTML: bounded, whole, and by the labels a person would read.

Markup of the portals changes every year, their labels hardly ever do; so nothing here goes by position.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Container, Iterator

from lxml import etree, html

from crawlers.errors import StructureChanged
from crawlers.parsers.firewall import refuse_block_page

MAX_PAGE_BYTES = 2 * 1024 * 1024
"""The largest recorded page has 270 kB; beyond 2 MiB it is no page of a portal."""

_MAX_LABEL, _MAX_CHILDREN = 60, 6
_END_OF_PAGE = re.compile(rb"</html\s*>", re.IGNORECASE)
_OPENED = re.compile(rb"<(?:table|tbody|tr|div|ul)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(rb"</(?:table|tbody|tr|div|ul)\s*>", re.IGNORECASE)
_MAX_BEHIND_END = 20_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LABEL = re.compile(r"([^\s：:]{2,14})\s*[：:]\s*(.*)", re.DOTALL)
_BROKEN_LABEL = re.compile(r"([^：:]{2,24}?)\s*[：:]\s*(.*)", re.DOTALL)


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
    page = _CONTROL.sub(" ", decoded(body)).encode()
    if not _is_whole(page):
        raise PageCutOff(f"{url}: the page breaks off after {len(body)} bytes")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(page, parser=parser)
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


def decoded(body: bytes) -> str:
    """The text of an answer, whatever it says of its encoding: what is UTF-8 throughout is UTF-8.

    Pages labelled GB2312 or GBK, and pages that are so and are not labelled, are written by software that means
    GB 18030, which holds both. A broken character or two do not make a page anything else.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return body.decode()
    except UnicodeDecodeError:
        as_utf8 = body.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    return as_utf8 if broken * 50 < sum(char > "\x7f" for char in as_utf8) else body.decode("gb18030", "replace")


def clean(text: str) -> str:
    """One line: runs of white space, no-break and ideographic spaces included, become one space.

    ``&nbsp;`` that was escaped twice on its way is one of them.
    """
    return " ".join((text.replace("&nbsp;", " ") if "&nbsp;" in text else text).split())


def text_of(element: html.HtmlElement) -> str:
    """All text in ``element``, on one line."""
    return clean("".join(element.itertext()))


def label_of(text: str) -> str:
    """A label in one spelling: no white space, half-width brackets, no colon: ``分类号（CCS）：`` → ``分类号(CCS)``."""
    return unicodedata.normalize("NFKC", "".join(text.split())).rstrip(":")


def classed(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """Descendants that have the class ``name``, in document order."""
    return list(element.find_class(name))


def split_label(text: str, known: Container[str] = ()) -> tuple[str, str] | None:
    """``标准状态： 现行`` → its label and its value; None where the text is no labelled value.

    A ``known`` label may have white space within it (``标准 状态：``).
    """
    line = clean(text)
    found = _LABEL.fullmatch(line)
    if found is None:
        found = _BROKEN_LABEL.fullmatch(line)
        if found is None or label_of(found[1]) not in known:
            return None
    return label_of(found[1]), found[2].strip()


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


def labelled_anywhere(root: html.HtmlElement, known: Container[str]) -> Iterator[tuple[str, str]]:
    """Pairs of an element that holds a known label and nothing else, and what stands in the element right after it.

    However a page is built, its labels stand before their values. A label before another label is a head of columns.
    """
    for element in root.iter("td", "th", "dt", "div", "span", "label", "b", "strong", "p", "li"):
        text = element.text_content() if len(element) < _MAX_CHILDREN else ""
        if not 0 < len(text) <= _MAX_LABEL or label_of(text) not in known:
            continue
        value = element.getnext()
        if value is not None and label_of(value_text := text_of(value)) not in known:
            yield label_of(text), value_text


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
