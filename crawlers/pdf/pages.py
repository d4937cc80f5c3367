"""The pages of a document: its page tree walked without recursion, each node once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import LIT

INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
"""Attributes a page takes from its ancestors (ISO 32000-1, table 30)."""


def walk_pages(document: PDFDocument) -> Iterator[tuple[int, dict[str, Any]]]:
    """(object number, attributes) of each page in order; 0 for a page that is no object of its own.

    Broken branches are left out. Where the tree has no page at all, every page object of the file is taken as it comes.
    """
    found = False
    for page in _tree(document):
        found = True
        yield page
    if found:
        return
    for xref in document.xrefs:
        for objid in list(xref.get_objids()):
            node = _node(document, objid)
            if node is not None and node.get("Type") is LIT("Page"):
                yield objid, node


def _tree(document: PDFDocument) -> Iterator[tuple[int, dict[str, Any]]]:
    seen: set[int] = set()
    stack: list[tuple[Any, Mapping[str, Any]]] = [(document.catalog.get("Pages"), {})]
    while stack:
        reference, inherited = stack.pop()
        objid = 0
        if isinstance(reference, PDFObjRef):
            objid = reference.objid
            if objid in seen:
                continue
            seen.add(objid)
            node = _node(document, objid)
        else:
            node = reference if isinstance(reference, dict) else None
        if node is None:
            continue
        attributes = {**inherited, **node}
        kids = resolve1(node.get("Kids"))
        if isinstance(kids, list) and node.get("Type") is not LIT("Page"):
            passed = {key: attributes[key] for key in INHERITED if key in attributes}
            stack += [(kid, passed) for kid in reversed(kids)]
        elif node.get("Type") is LIT("Page") or "Contents" in node:
            yield objid, attributes


def _node(document: PDFDocument, objid: int) -> dict[str, Any] | None:
    try:
        node = document.getobj(objid)
    except (PDFException, PSException, ValueError, TypeError):
        return None  # a hole in the file; the other pages count
    return node if isinstance(node, dict) else None


def declared_count(document: PDFDocument) -> int:
    """What the page tree says its number of pages is, 0 for nothing sensible."""
    try:
        root = resolve1(document.catalog.get("Pages"))
        count = resolve1(root.get("Count")) if isinstance(root, dict) else 0
    except (PDFException, PSException, ValueError, TypeError):
        return 0
    return count if isinstance(count, int) and 0 < count < 10_000_000 else 0
