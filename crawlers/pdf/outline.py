"""Bookmarks and title of a document. Both are hostile: circular, endless, or slow to resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1

from crawlers.pdf.records import OutlineEntry
from crawlers.pdf.repair import text_string

MAX_TITLE = 500
MAX_LEVEL = 32


def tidy(value: object) -> str:
    """A text string of the file on one line, without characters that cannot be stored."""
    raw = resolve1(value)
    text = text_string(raw) if isinstance(raw, bytes) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MAX_TITLE]


def title_of(document: PDFDocument) -> str:
    """The title in the document information dictionary, "" where there is none."""
    return next((title for info in document.info if (title := tidy(info.get("Title")))), "")


def read_outline(
    document: PDFDocument, page_numbers: Mapping[int, int], limit: int, expired: Callable[[], bool]
) -> list[OutlineEntry]:
    """At most `limit` bookmarks in order, as many as are read before `expired` says stop.

    `page_numbers`: object number of a page → its 1-based number.
    """
    root = resolve1(document.catalog.get("Outlines"))
    if not isinstance(root, dict):
        return []
    names: dict[bytes, Any] | None = None
    entries: list[OutlineEntry] = []
    for level, node in _nodes(root):
        if len(entries) >= limit or expired():
            break
        title = tidy(node.get("Title"))
        if not title:
            continue
        target = _target(node)
        if isinstance(target, bytes) or hasattr(target, "name"):
            # The name tree is read once: looking every name up in it is what makes outlines slow.
            if names is None:
                names = dict(_destinations(document, limit, expired))
            key = target if isinstance(target, bytes) else str(target.name).encode("latin-1", "replace")
            target = resolve1(names.get(key))
        if isinstance(target, dict):
            target = resolve1(target.get("D"))
        entries.append(OutlineEntry(level, title, _page(target, page_numbers)))
    return entries


def _nodes(root: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Outline items with their levels, depth first, each object once."""
    seen: set[int] = set()
    stack: list[tuple[int, Any]] = [(1, root.get("First"))]
    while stack:
        level, reference = stack.pop()
        if isinstance(reference, PDFObjRef):
            if reference.objid in seen:
                continue
            seen.add(reference.objid)
        node = resolve1(reference)
        if not isinstance(node, dict):
            continue
        yield level, node
        stack.append((level, node.get("Next")))
        if level < MAX_LEVEL:
            stack.append((level + 1, node.get("First")))


def _target(node: Mapping[str, Any]) -> Any:
    if "Dest" in node:
        return resolve1(node["Dest"])
    action = resolve1(node.get("A"))
    return resolve1(action.get("D")) if isinstance(action, dict) else None


def _page(target: Any, page_numbers: Mapping[int, int]) -> int | None:
    if not isinstance(target, list) or not target:
        return None
    page = target[0]
    if isinstance(page, PDFObjRef):
        return page_numbers.get(page.objid)
    return page + 1 if isinstance(page, int) and 0 <= page < len(page_numbers) else None


def _destinations(document: PDFDocument, limit: int, expired: Callable[[], bool]) -> Iterator[tuple[bytes, Any]]:
    """Named destinations: the dictionary of PDF 1.1, then the name tree (ISO 32000-1, 7.9.6)."""
    old = resolve1(document.catalog.get("Dests"))
    if isinstance(old, dict):
        for name, value in list(old.items())[: 4 * limit]:
            yield str(name).encode("latin-1", "replace"), value
    names = resolve1(document.catalog.get("Names"))
    stack: list[Any] = [names.get("Dests")] if isinstance(names, dict) else []
    seen: set[int] = set()
    count = 0
    while stack and count < 4 * limit and not expired():
        reference = stack.pop()
        if isinstance(reference, PDFObjRef):
            if reference.objid in seen:
                continue
            seen.add(reference.objid)
        node = resolve1(reference)
        if not isinstance(node, dict):
            continue
        pairs = resolve1(node.get("Names"))
        if isinstance(pairs, list):
            for key, value in zip(pairs[::2], pairs[1::2], strict=False):
                count += 1
                if isinstance(key, bytes):
                    yield key, value
        kids = resolve1(node.get("Kids"))
        stack += reversed(kids) if isinstance(kids, list) else []
