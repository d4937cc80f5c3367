"""Acts in Formex 4, the XML of the Publications Office, built from its documentation; no live answer was seen.

https://op.europa.eu/en/web/eu-vocabularies/formex: ``ACT`` (as published) and ``CONS.ACT`` (consolidated) hold
``TITLE``, ``PREAMBLE`` and ``ENACTING.TERMS`` with ``DIVISION``, ``ARTICLE``, ``PARAG``, ``ALINEA``; annexes are
documents of their own in the same ZIP file, or ``ANNEX`` elements.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, Final

from lxml import etree

from crawlers.errors import StructureChanged
from crawlers.parsers.european import Act, Line

MAX_BYTES: Final = 60 * 1024 * 1024
MAX_MEMBERS: Final = 2_000
MAX_DEPTH: Final = 150

_PASSED_OVER: Final = {"NOTE", "BIB.INSTANCE", "BIB.DATA", "PROLOG", "FAM.COMP", "TOC", "GR.ANNOTATION", "INFO.CONSLEG"}
_LABELS: Final = {"NO.PARAG", "NO.P", "NO.CAS"}
_BLOCKS: Final = {
    *(
        "P",
        "TXT",
        "ALINEA",
        "PARAG",
        "LIST",
        "ITEM",
        "NP",
        "TBL",
        "ROW",
        "CELL",
        "CORPUS",
        "CONTENTS",
        "GR.SEQ",
        "TITLE",
    ),
    *("TI", "STI", "DIVISION", "ARTICLE", "QUOT.S", "INTRO", "VISA", "CONSID", "GR.VISA", "GR.CONSID", "DLIST"),
    *("DLIST.ITEM", "TERM", "DEFINITION", "SUBDIV", "PREAMBLE.INIT", "PREAMBLE.FINAL", "ANNEX", "ENACTING.TERMS"),
}
_QUOTES: Final = {"2018": "‘", "2019": "’", "201C": "“", "201D": "”", "00AB": "«", "00BB": "»"}


def parse(body: bytes, url: str) -> Act:
    """The act of a Formex document, or of a ZIP file of them. Raises StructureChanged for what is none."""
    roots = [_root(one, url) for one in _members(body, url)]
    main = next((root for root in roots if _main(root) is not None), None)
    if main is None:
        raise StructureChanged(f"{url}: neither ACT nor CONS.ACT")
    element = _main(main)
    act = Act(title=_title(element), published=_published(element))
    act.lines = list(_lines(element))
    for root in roots:
        if root is not main and _local(root) == "ANNEX":
            act.lines += _annex(root)
    if not any(line.role == "article" for line in act.lines):
        raise StructureChanged(f"{url}: no article")
    return act


def is_formex(body: bytes) -> bool:
    """Whether a body is Formex, or a ZIP file as Cellar packs it."""
    head = body[:4_000]
    return head.startswith(b"PK\x03\x04") or bool(re.search(rb"<(?:ACT|CONS\.ACT|DOC)[\s>]", head))


def _members(body: bytes, url: str) -> Iterator[bytes]:
    if not body.startswith(b"PK\x03\x04"):
        if len(body) > MAX_BYTES:
            raise StructureChanged(f"{url}: {len(body)} bytes, more than {MAX_BYTES}")
        yield body
        return
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            members = sorted(packed.infolist(), key=lambda one: one.filename)
            if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_BYTES:
                raise StructureChanged(f"{url}: unpacked it would be too large")
            left = MAX_BYTES
            for member in members:
                if member.filename.lower().endswith(".xml") and not member.filename.lower().endswith(".doc.xml"):
                    with packed.open(member) as stream:
                        content = stream.read(left + 1)
                    left -= len(content)
                    if left < 0:  # what a ZIP says of its sizes may be a lie
                        raise StructureChanged(f"{url}: unpacked it is too large")
                    yield content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        raise StructureChanged(f"{url}: damaged ZIP: {problem}") from problem


def _root(body: bytes, url: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise StructureChanged(f"{url}: no XML: {problem}") from problem


def _local(element: Any) -> str:
    """The name of an element without its name space; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _main(root: Any) -> Any:
    if _local(root) in ("ACT", "CONS.ACT"):
        return root
    return next((one for one in root.iter() if _local(one) in ("ACT", "CONS.ACT")), None)


def _first(element: Any, *names: str) -> Any:
    return next((one for one in element.iter() if _local(one) in names), None)


def _child(element: Any, name: str) -> Any:
    return next((one for one in element if _local(one) == name), None)


def _text(element: Any, depth: int = 0) -> str:
    """All of an element on one line, without its notes; a quotation mark is an empty element with its code."""
    return " ".join("".join(_strings(element, depth)).split())


def _strings(element: Any, depth: int) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = _local(child)
        if name in ("QUOT.START", "QUOT.END"):
            yield _QUOTES.get(child.get("CODE", ""), '"')
        elif name and name not in _PASSED_OVER and depth < MAX_DEPTH:
            if name in _BLOCKS:
                yield " "
            yield from _strings(child, depth + 1)
            if name in _BLOCKS:
                yield " "
        yield child.tail or ""


def _title(act: Any) -> str:
    title = next((one for one in act.iter("{*}TITLE") if _local(one.getparent()) not in ("DIVISION", "BIB.DATA")), None)
    return _text(title)[:500] if title is not None else ""


def _published(act: Any) -> str:
    box = _first(act, "BIB.INSTANCE")
    for element in box.iter() if box is not None else ():
        if _local(element) == "DATE" and (day := _day(element.get("ISO", ""))):
            return day
    return ""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if len(text) in (8, 10) else ""
    except ValueError:
        return ""


def _lines(act: Any) -> Iterator[Line]:
    preamble = _first(act, "PREAMBLE")
    if preamble is not None:
        yield from _preamble(preamble)
    terms = _first(act, "ENACTING.TERMS")
    if terms is not None:
        yield from _enacting(terms, 0)
    for annex in act.iter("{*}ANNEX"):
        yield from _annex(annex)


def _preamble(preamble: Any) -> Iterator[Line]:
    for element in preamble.iter():
        name = _local(element)
        if name in ("PREAMBLE.INIT", "VISA", "PREAMBLE.FINAL") and (said := _text(element)):
            yield Line("text", said)
        elif name == "CONSID":
            number = next((_text(one) for one in element.iter("{*}NO.P")), "")
            body = next(iter(element.iter("{*}TXT")), element)
            if re.fullmatch(r"\([0-9]{1,4}\)", number):
                yield Line("recital", _text(body), number)
            elif said := _text(element):
                yield Line("text", said)


def _enacting(element: Any, depth: int) -> Iterator[Line]:
    for child in element:
        name = _local(child)
        if depth > MAX_DEPTH:
            return
        if name == "DIVISION":
            title = _child(child, "TITLE")
            if title is not None:
                ti, sti = _child(title, "TI"), _child(title, "STI")
                yield Line("division", _text(sti) if sti is not None else "", _text(ti) if ti is not None else "")
            yield from _enacting(child, depth + 1)
        elif name == "ARTICLE":
            yield from _article(child)
        elif name and name not in ("TITLE", *_PASSED_OVER):
            yield from _flow(child, _Label(), depth + 1)


def _article(article: Any) -> Iterator[Line]:
    ti, sti = _child(article, "TI.ART"), _child(article, "STI.ART")
    yield Line("article", _text(sti) if sti is not None else "", _text(ti) if ti is not None else "")
    for child in article:
        if _local(child) not in ("TI.ART", "STI.ART", ""):
            yield from _flow(child, _Label(), 0)


def _annex(annex: Any) -> Iterator[Line]:
    title = _child(annex, "TITLE")
    ti = _child(title, "TI") if title is not None else None
    sti = _child(title, "STI") if title is not None else None
    yield Line("annex", _text(sti) if sti is not None else "", (_text(ti) if ti is not None else "") or "ANNEX")
    for child in annex:
        if _local(child) not in ("TITLE", "BIB.INSTANCE", ""):
            yield from _flow(child, _Label(), 0)


class _Label:
    """The number that stands before the next line."""

    def __init__(self) -> None:
        self.text = ""

    def before(self, line: str) -> Line:
        said, self.text = f"{self.text} {line}".strip(), ""
        return Line("text", said)


def _flow(element: Any, label: _Label, depth: int) -> Iterator[Line]:
    """The paragraphs in an element, each with the numbers that stand before it."""
    name = _local(element)
    if not name or name in _PASSED_OVER or depth > MAX_DEPTH:
        return
    if name in _LABELS:
        label.text = f"{label.text} {_text(element)}".strip()
    elif name == "ROW":
        if said := " | ".join(filter(None, (_text(cell) for cell in element))):
            yield label.before(said)
    elif not any(_local(child) in _BLOCKS | _LABELS for child in element):
        if said := _text(element):
            yield label.before(said)
    else:
        if said := " ".join((element.text or "").split()):
            yield label.before(said)
        for child in element:
            yield from _flow(child, label, depth + 1)
            if said := " ".join((child.tail or "").split()):
                yield label.before(said)
