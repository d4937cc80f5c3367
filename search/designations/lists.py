"""A list of standards as people paste it: from a spreadsheet, a regulation, a certificate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from search.designations.errors import MAX_LENGTH, DesignationError
from search.designations.finding import Found, find, find_first
from search.designations.model import Designation
from search.designations.parsing import parse


@dataclass(frozen=True, slots=True)
class Line:
    """One entry; ``line`` counts from 1, ``number`` is the designation as typed, ``designation`` or ``error`` is set.

    ``error`` is a ``DesignationError.code``; the whole entry is then in ``number``, so that nothing pasted is lost.
    """

    line: int
    number: str
    title: str
    designation: Designation | None
    error: str = ""


_SEMICOLONS: Final = re.compile(r"[;；]")
_COMMAS: Final = re.compile(r"[、,，]")
_ENUMERATOR: Final = re.compile(
    r"^\s*(?:[(（\[]?\d{1,4}[)）\].、．:：]\s*|[-*•·○●▪]\s+|\d{1,4}\t|[一二三四五六七八九十]{1,3}[、.．]\s*)"
)
_TITLE_EDGE: Final = " \t\u3000《》〈〉\"'“”「」『』,，、;；:：|—–-"
_JOINTS: Final = {"~", "～", "至", "到", "和", "及", "与", "以及", "to", "through", "and"}
"""What stands between the designations of a range or list is no title."""
_REFERRED: Final = re.compile(
    r"(?:代替|替代|取代|等同采用|修改采用|采用|idt|eqv|neq|mod|replaces|supersedes|see)[^。;；\n]{0,6}$", re.IGNORECASE
)
_DEGREE: Final = re.compile(r"\s*[,，、]?\s*(?:idt|eqv|neq|mod)\b", re.IGNORECASE)
_OPEN: Final = "(（[【《〈"
_CLOSE: Final = ")）]】》〉"


def split_list(text: str) -> list[Line]:
    """The entries of a pasted list: one a line or separated by ``； ; 、 ,`` or tabs, with or without titles."""
    entries: list[Line] = []
    for number, line in enumerate(text.splitlines(), start=1):
        for chunk in _SEMICOLONS.split(line):
            bare = _ENUMERATOR.sub("", chunk, count=1).strip()
            if bare:
                entries += _entries(number, bare)
    return entries


def _entries(line: int, text: str) -> list[Line]:
    chunks = [c.strip() for c in _COMMAS.split(text) if c.strip()]
    if len(chunks) > 1:
        read = [_chunk(line, c) for c in chunks]
        if 2 * sum(entries[0].designation is not None for entries in read) > len(read):
            return [entry for entries in read for entry in entries]
    whole = _whole(line, text)
    if whole.designation is not None:
        return [whole]
    heads = [f for f in find(text) if _is_entry(text, f)]
    if not heads:
        first = find_first(text)
        cited = [first] if first else [f for f in find(text) if _is_cited(text, f)][:1]
        if not cited:
            return [whole]
        heads = cited
    before = text[: heads[0].start]
    entries = []
    for i, head in enumerate(heads):
        stop = heads[i + 1].start if i + 1 < len(heads) else len(text)
        title = _title(text[max(head.end, heads[0].end) : stop])
        if i == 0 and not title:
            title = _title(before)
        entries.append(Line(line, head.text, title, head.designation))
    return entries


def _chunk(line: int, text: str) -> list[Line]:
    """One designation, or the members of a range (GB/T 2423.1～2423.10)."""
    whole = _whole(line, text)
    if whole.error != "several":
        return [whole]
    return [Line(line, f.text, "", f.designation) for f in find(text)]


def _whole(line: int, text: str) -> Line:
    try:
        return Line(line, text, "", parse(text))
    except DesignationError as exc:
        return Line(line, text[: 4 * MAX_LENGTH], "", None, exc.code)


def _is_entry(text: str, found: Found) -> bool:
    """Not one that a title mentions: in brackets, or as what is replaced or adopted."""
    before = text[: found.start][-4 * MAX_LENGTH :]
    depth = sum(before.count(c) for c in _OPEN) - sum(before.count(c) for c in _CLOSE)
    return depth <= 0 and not _REFERRED.search(before)


def _is_cited(text: str, found: Found) -> bool:
    """Whether it stands in brackets behind its own title: 《食品添加剂使用标准》（GB 2760-2014）."""
    before, after = text[: found.start][-4 * MAX_LENGTH :], text[found.end :]
    return not _REFERRED.search(before) and not _DEGREE.match(after)


def _title(text: str) -> str:
    title = text.replace("\t", " ").strip(_TITLE_EDGE).rstrip("(（[【")
    if title[:1] in _CLOSE:
        title = title[1:]
    title = title.strip(_TITLE_EDGE)
    return "" if title.lower() in _JOINTS else title
