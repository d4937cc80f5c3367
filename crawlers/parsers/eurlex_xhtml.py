"""Acts in the XHTML of EUR-Lex and Cellar, built from documentation of its classes; no live answer was seen.

Three layouts: the Official Journal since 2013 (``oj-ti-art``), the same without the prefix (2004 to 2013), and
consolidated versions (``title-article-norm``). Pages of before 2004 have plain paragraphs and are read by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree, html

from crawlers.errors import StructureChanged
from crawlers.parsers.european import Act, Line, is_annex, is_article

MAX_BYTES: Final = 40 * 1024 * 1024
"""REACH with all its annexes has about 12 MB."""
MAX_DEPTH: Final = 150

_ARTICLE: Final = {"oj-ti-art", "ti-art", "title-article-norm"}
_SUBTITLE: Final = {"oj-sti-art", "sti-art", "stitle-article-norm"}
_DIVISION: Final = {"oj-ti-section-1", "ti-section-1", "title-division-1"}
_DIVISION_TITLE: Final = {"oj-ti-section-2", "ti-section-2", "title-division-2"}
_ANNEX: Final = {"oj-doc-ti", "doc-ti", "title-annex-1", "oj-ti-annex", "ti-annex"}
_ANNEX_TITLE: Final = {"oj-ti-grseq-1", "ti-grseq-1", "title-annex-2"}
_TITLE: Final = {"oj-doc-ti", "doc-ti", "title-doc-first", "title-doc-last"}
_DATE: Final = {"oj-hd-date", "hd-date"}
_PASSED_OVER: Final = {
    *("oj-note", "note", "footnote", "oj-note-tag", "note-tag", "modref", "arrow", "disclaimer", "hd-modifiers"),
    *("oj-hd-lg", "hd-lg", "oj-hd-ti", "hd-ti", "oj-hd-oj", "hd-oj", "title-fam-member", "title-fam-member-star"),
    *(
        "toc-1",
        "toc-2",
        "hd-toc-1",
        "hd-toc-2",
        "hd-toc-3",
        "title-doc-oj-reference",
        "linkToTop",
        "oj-doc-end",
        "doc-end",
    ),
}
_BLOCKS: Final = {"p", "div", "table", "tr", "td", "li", "br", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4"}
_ENDS: Final = {"oj-final", "final", "oj-signatory", "signatory"}
_LABEL: Final = re.compile(r"(?:\([0-9a-zA-Z]{1,6}\)|[0-9]{1,3}[a-z]?\.|[a-z]\)|[—–•-]|[‘’“”][^\s]{0,6})")
_NUMERIC_DAY: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_ELI: Final = re.compile(r"https?://data\.europa\.eu/eli/[a-z_]+/[0-9]{4}/[0-9]+[a-z0-9/_().-]*", re.IGNORECASE)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def parse(body: bytes, url: str) -> Act:
    """The act on the page. Raises StructureChanged for what is no page of an act."""
    root = _root(body, url)
    act = Act()
    act.title = _title(root)
    for element in root.iter():
        if _classes(element) & _DATE and not act.published:
            act.published = _day(_text(element))
    found = _ELI.search(" ".join(root.xpath("//@href")) + " " + _text(root)[-2_000:])
    act.eli = found[0].rstrip(".")[:300] if found else ""
    walker = _Walker(root)
    act.lines = list(walker.lines())
    if not any(line.role == "article" for line in act.lines):
        act.lines = list(_by_words(act.lines))
        act.title = act.title or next((line.text for line in act.lines if line.role == "text"), "")
    if not any(line.role == "article" for line in act.lines):
        raise StructureChanged(f"{url}: no article")
    return act


def _root(body: bytes, url: str) -> html.HtmlElement:
    if not body.strip():
        raise StructureChanged(f"{url}: empty answer")
    if len(body) > MAX_BYTES:
        raise StructureChanged(f"{url}: {len(body)} bytes, more than {MAX_BYTES}")
    text = _CONTROL.sub(b" ", body).decode("utf-8", "replace")
    # lxml refuses text with a declaration of its encoding.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.removeprefix("\ufeff"))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise StructureChanged(f"{url}: no HTML: {problem}") from problem
    etree.strip_elements(root, "script", "style", "noscript", "template", "head", with_tail=False)
    return root


def _classes(element: html.HtmlElement) -> set[str]:
    return set((element.get("class") or "").split()) if isinstance(element.tag, str) else set()


def _text(element: html.HtmlElement) -> str:
    """What an element says on one line, without its notes."""
    return " ".join("".join(_strings(element, 0)).split())


def _strings(element: html.HtmlElement, depth: int) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and depth < MAX_DEPTH and not _is_note(child):
            apart = " " if child.tag in _BLOCKS else ""
            yield apart
            yield from _strings(child, depth + 1)
            yield apart
        yield child.tail or ""


def _is_note(element: html.HtmlElement) -> bool:
    """A mark of a footnote, or what is passed over anyway."""
    if _classes(element) & _PASSED_OVER:
        return True
    return element.tag == "a" and (element.get("href") or "").startswith(("#ntr", "#E00", "#src.E"))


def _title(root: html.HtmlElement) -> str:
    for box in root.find_class("eli-main-title"):
        if title := _text(box):
            return title[:500]
    parts: list[str] = []
    for element in root.iter("p"):
        classes = _classes(element)
        if classes & _TITLE and not is_annex(_text(element)):
            parts.append(_text(element))
        elif parts and classes & (_ARTICLE | _DIVISION | _ANNEX):
            break
    return " ".join(parts)[:500].strip()


def _day(text: str) -> str:
    found = _NUMERIC_DAY.search(text)
    if found is None:
        return ""
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return ""


class _Walker:
    """Goes through a page in its order. A label that has a cell of its own stands before the line that follows."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._root = root
        self._label = ""
        self._begun = False
        self._annexes = False
        self._over = False

    def lines(self) -> Iterator[Line]:
        body = self._root.find("body")
        yield from self._walk(body if body is not None else self._root, 0, quoted=False)

    def _walk(self, element: html.HtmlElement, depth: int, *, quoted: bool) -> Iterator[Line]:
        if depth > MAX_DEPTH:
            return
        classes = _classes(element)
        if classes & _PASSED_OVER or "eli-main-title" in classes:
            return
        if element.tag == "table":
            yield from self._table(element, depth, quoted=quoted)
        elif element.tag in ("p", "h1", "h2", "h3", "h4", "li", "dt", "dd") or not self._has_blocks(element):
            yield from self._block(element, classes, quoted=quoted)
        elif "grid-container" in classes:
            yield from self._grid(element, depth, quoted=quoted)
        else:
            if (element.text or "").strip():
                yield from self._say(" ".join((element.text or "").split()))
            for child in element:
                if isinstance(child.tag, str):
                    if "no-parag" in _classes(child):
                        self._label = f"{self._label} {_text(child)}".strip()
                    else:
                        yield from self._walk(child, depth + 1, quoted=quoted)
                if (tail := " ".join((child.tail or "").split())) and isinstance(child.tag, str):
                    yield from self._say(tail)

    def _has_blocks(self, element: html.HtmlElement) -> bool:
        return any(child.tag in ("p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "li") for child in element)

    def _block(self, element: html.HtmlElement, classes: set[str], *, quoted: bool) -> Iterator[Line]:
        text = _text(element)
        if not text:
            return
        if classes & _ENDS:
            self._over = True
            return
        if classes & _ARTICLE and not quoted and is_article(text):
            self._begun, self._over = True, False
            yield Line("article", "", text)
        elif classes & _SUBTITLE and not quoted:
            yield Line("subheading", text)
        elif classes & _DIVISION and not quoted:
            yield Line("division", "", text)
        elif classes & _DIVISION_TITLE and not quoted:
            yield Line("subheading", text)
        elif classes & _ANNEX and self._begun and not quoted and is_annex(text):
            self._annexes, self._over = True, False
            yield Line("annex", "", text)
        elif classes & _ANNEX_TITLE and self._annexes and not quoted:
            yield Line("subheading", text)
        elif classes & _TITLE and not self._begun:
            return
        elif not self._over or self._annexes:
            yield from self._say(text)

    def _say(self, text: str) -> Iterator[Line]:
        label, self._label = self._label, ""
        if not self._begun and re.fullmatch(r"\([0-9]{1,4}\)", label):
            yield Line("recital", text, label)
        else:
            yield Line("text", f"{label} {text}".strip())

    def _table(self, table: html.HtmlElement, depth: int, *, quoted: bool) -> Iterator[Line]:
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            first = _text(cells[0]) if cells else ""
            if len(cells) == 2 and (not first or _LABEL.fullmatch(first)):
                self._label = f"{self._label} {first}".strip()
                yield from self._walk(cells[1], depth + 1, quoted=True)
                if self._label:
                    yield from self._say("")
            elif len(cells) == 1:
                yield from self._walk(cells[0], depth + 1, quoted=True)
            elif any(_classes(one) & _DATE for one in row.iter()):
                continue  # the head of the page of the Official Journal
            elif said := " | ".join(filter(None, map(_text, cells))):
                yield from self._say(said)

    def _grid(self, grid: html.HtmlElement, depth: int, *, quoted: bool) -> Iterator[Line]:
        for column in grid:
            if not isinstance(column.tag, str):
                continue
            if "grid-list-column-1" in _classes(column):
                self._label = f"{self._label} {_text(column)}".strip()
            else:
                yield from self._walk(column, depth + 1, quoted=quoted)


def _by_words(lines: list[Line]) -> Iterator[Line]:
    """The lines of a page without classes: what they are, as their words tell."""
    named = False
    for line in lines:
        if line.role != "text":
            yield line
        elif is_article(line.text):
            named = True
            yield Line("article", "", line.text)
        elif named and is_annex(line.text):
            yield Line("annex", "", line.text)
        else:
            yield line
