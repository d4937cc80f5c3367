"""The text of a Chinese law in its parts: 编, 分编, 章, 节, 条, and the annexes behind them.

The order of parts and what they are called follow 立法法 (2023) article 65: a law may have 编, 章, 节, 条, 款, 项, 目;
编, 章, 节 and 条 are numbered in order, 款 is not numbered, 项 is numbered in brackets. Texts without articles (replies
of courts, decisions) are divided by 一、二、三、 instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from content.regulations.text.numerals import CHARACTERS, number_of

PART, SUBPART, CHAPTER, SECTION, ARTICLE = "part", "subpart", "chapter", "section", "article"
ITEM, ANNEX, HEADING, TEXT = "item", "annex", "heading", "text"
KINDS: Final = (PART, SUBPART, CHAPTER, SECTION, ARTICLE, ITEM, ANNEX, HEADING, TEXT)
HEADINGS: Final = (PART, SUBPART, CHAPTER, SECTION, HEADING)
"""Units that divide the text and have none of their own."""
_LEVEL: Final = {PART: 0, SUBPART: 1, CHAPTER: 2, SECTION: 3}
_KIND_OF: Final = {"编": PART, "分编": SUBPART, "章": CHAPTER, "节": SECTION}
MAX_HEADING: Final = 60

_NUMERAL: Final = rf"[{CHARACTERS}0-9０-９]"
_DIVISION: Final = re.compile(
    rf"第 ?({_NUMERAL}(?: ?{_NUMERAL}){{0,8}}) ?(分编|编|章|节)(?:之({_NUMERAL}{{1,3}}))?(?:( *)(.*))?"
)
_ARTICLE: Final = re.compile(rf"第 ?({_NUMERAL}(?: ?{_NUMERAL}){{0,8}}) ?条(?:之({_NUMERAL}{{1,3}}))?(.*)", re.DOTALL)
_ITEM: Final = re.compile(rf"([{CHARACTERS}]{{1,5}})、 ?(.*)", re.DOTALL)
_ANNEX: Final = re.compile(rf"(附件|附表|附录|附)(?: ?({_NUMERAL}{{1,4}}))? ?(?:[:：] ?| +|$)(.*)")
_LIST_OF_ANNEXES: Final = re.compile(r"[1１一] ?[、.．]")
_CONTENTS: Final = re.compile(r"目 ?[录次]")
_MARK: Final = re.compile(r"(#{1,6}) *")
_BLANK: Final = re.compile(r"[\s\u3000]+")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_ENDS: Final = ("。", "；", "，", "：", ";", ",", ":", "、")
_OWN_HEADING: Final = re.compile(r"【([^【】]{1,40})】 ?|（((?![一二三四五六七八九十]+）)[^（）。，；]{1,30})） +")
_FOLLOWS_REFERENCE: Final = "第、和至到或规款项的之中所及与以起外前后内同，；。"
"""What stands behind a number of an article that is only referred to: 第十二条规定, 第三条、第四条."""
_SPREAD: Final = re.compile(r"^([\u4e00-\u9fff]) ([\u4e00-\u9fff])$")
"""总 则: two characters set apart for the look of it."""
_LIST_POINT: Final = re.compile(rf"[（(]({_NUMERAL}{{1,5}})[）)]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a text. ``text`` has one paragraph (款, 项) a line; ``anchor`` names the unit within its text.

    ``number`` is that of the unit (``12``, ``12-1`` for 第十二条之一), ``label`` how the text writes it (第十二条).
    """

    kind: str
    anchor: str
    number: str = ""
    label: str = ""
    heading: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something odd about the numbers of articles: ``gap``, ``repeated``, ``backward``, ``start``."""

    code: str
    label: str
    expected: int


@dataclass(slots=True)
class Structure:
    """A text in its units, in their order."""

    units: list[Unit] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """How many articles there are outside annexes; in texts without articles how many numbered items."""
        main = [unit for unit in self.units if not unit.anchor.startswith("annex-")]
        return sum(unit.kind == ARTICLE for unit in main) or sum(unit.kind == ITEM for unit in main)


def tidy(line: str) -> str:
    """One line without what nobody sees, and with single plain spaces."""
    return _BLANK.sub(" ", _UNSEEN.sub("", line)).strip()


def parse(lines: Iterable[str]) -> Structure:
    """The units of a text given line by line; lines that begin with ``#`` are headings for certain."""
    builder = _Builder()
    for line in _without_contents([tidy(one) for one in lines]):
        builder.take(line)
    return builder.finish()


def clauses(anchor: str, text: str) -> Iterator[tuple[str, str, str]]:
    """The paragraphs of an article: (anchor, ``clause`` or ``point``, text). 款 are counted, 项 are numbered."""
    clause = 0
    for paragraph in text.split("\n"):
        point = _LIST_POINT.match(paragraph)
        number = _value(point[1]) if point else None
        if number is not None and clause:
            yield f"{anchor}-para-{clause}-item-{number}", "point", paragraph
        else:
            clause += 1
            yield f"{anchor}-para-{clause}", "clause", paragraph


def _without_contents(lines: list[str]) -> Iterator[str]:
    """Without blank lines and without a table of contents (目录), which ends where its first line comes again."""
    listed: list[str] = []
    inside = False
    for line in filter(None, lines):
        bare = _MARK.sub("", line)
        if not inside and not listed and _CONTENTS.fullmatch(bare):
            inside = True
            continue
        if inside:
            squeezed = bare.replace(" ", "")
            again = bool(listed) and squeezed == listed[0]
            if not again and not _ARTICLE.match(bare) and len(bare) <= MAX_HEADING and not bare.endswith("。"):
                listed.append(squeezed)
                continue
            inside = False
        yield line


def _value(text: str) -> int | None:
    try:
        return number_of(text.replace(" ", ""))
    except ValueError:
        return None


@dataclass(slots=True)
class _Open:
    """The unit that lines are being added to."""

    unit: Unit
    lines: list[str]


class _Builder:
    def __init__(self) -> None:
        self._done = Structure()
        self._open: _Open | None = None
        self._anchors: dict[str, int] = {}
        self._within: dict[int, str] = {}
        self._annex = ""
        self._annexes = 0
        self._last = 0
        self._articles = self._items = 0
        self._quoting = False

    def take(self, line: str) -> None:
        mark = _MARK.match(line)
        bare = _MARK.sub("", line, count=1) if mark else line
        if not bare:
            return
        if not (self._division(bare, certain=mark is not None) or self._article(bare) or self._named_annex(bare)):
            if mark:
                self._heading(bare)
            elif not self._numbered(bare):
                self._more(bare)
        self._note_quotes(bare)

    def finish(self) -> Structure:
        self._close()
        return self._done

    def _division(self, line: str, *, certain: bool) -> bool:
        found = _DIVISION.fullmatch(line)
        if found is None:
            return False
        # Without a mark of a heading it is one only where its name stands apart: 第三章规定的措施 begins a sentence.
        apart = bool(found[4]) or not found[5]
        if not certain and not (apart and len(line) <= MAX_HEADING and not line.endswith(_ENDS)):
            return False
        number = _numbered(found[1], found[3])
        if number is None:
            return False
        kind = _KIND_OF[found[2]]
        label = line[: found.start(4)]
        prefix = "-".join(self._within[level] for level in sorted(self._within) if level < _LEVEL[kind])
        name = f"{prefix}-{kind}-{number}".lstrip("-")
        self._within = {level: it for level, it in self._within.items() if level < _LEVEL[kind]}
        self._within[_LEVEL[kind]] = f"{kind}-{number}"
        heading = _SPREAD.sub(r"\1\2", found[5].strip())
        self._begin(Unit(kind, self._anchor(name), number, label.replace(" ", ""), heading))
        return True

    def _article(self, line: str) -> bool:
        found = _ARTICLE.match(line)
        number = _numbered(found[1], found[2]) if found else None
        if found is None or number is None:
            return False
        value, rest = int(number.partition("-")[0]), found[3]
        # Run together with its text: only where it is the next one, and not a reference at the head of a sentence.
        together = rest[:1] not in ("", " ", "【", "（")
        if together and (rest[0] in _FOLLOWS_REFERENCE or value != self._last + 1):
            return False
        if self._quoting and not self._articles and self._items:
            return False  # a decision quotes the articles that it puts into another law
        self._check(value, found[2], line[: found.start(3)])
        heading, text = "", rest.strip()
        if own := _OWN_HEADING.match(text):
            heading, text = own[1] or own[2], text[own.end() :]
        self._articles += 1
        label = line[: found.start(3)].replace(" ", "")
        self._begin(Unit(ARTICLE, self._anchor(f"article-{number}"), number, label, heading), text)
        return True

    def _check(self, value: int, inserted: str | None, label: str) -> None:
        expected = self._last if inserted else self._last + 1
        if value != expected:
            if not self._last:
                code = "start"
            elif value > expected:
                code = "gap"
            else:
                code = "repeated" if value == self._last else "backward"
            self._done.issues.append(Issue(code, label.replace(" ", ""), expected))
        self._last = value

    def _named_annex(self, line: str) -> bool:
        found = _ANNEX.fullmatch(line)
        if found is None or not (self._articles or self._items) or len(line) > MAX_HEADING or line.endswith("。"):
            return False
        if _LIST_OF_ANNEXES.match(found[3]):
            return False  # 附件：1.… 2.… only lists what follows
        self._annexes += 1
        number = found[2] and _numbered(found[2], None)
        self._annex, self._last, self._within = "", 0, {}
        name = f"annex-{number or self._annexes}"
        anchor = self._anchor(name)
        self._annex = anchor
        self._begin(Unit(ANNEX, anchor, number or "", found[1] + (found[2] or ""), found[3].strip()))
        return True

    def _heading(self, line: str) -> None:
        if self._annex and self._open and self._open.unit.kind == ANNEX and not self._open.lines:
            unit = self._open.unit
            if not unit.heading:
                self._open.unit = replace(unit, heading=line)
                return
        if not self._articles and (found := _ITEM.fullmatch(line)) and (number := _numbered(found[1], None)):
            self._items += 1
            self._begin(Unit(ITEM, self._anchor(f"item-{number}"), number, found[1], found[2].strip()))
            return
        self._begin(Unit(HEADING, self._anchor("heading"), heading=line))

    def _numbered(self, line: str) -> bool:
        found = _ITEM.fullmatch(line)
        if found is None or self._articles:
            return False
        number = _numbered(found[1], None)
        if number is None:
            return False
        self._items += 1
        self._begin(Unit(ITEM, self._anchor(f"item-{number}"), number, found[1]), found[2].strip())
        return True

    def _more(self, line: str) -> None:
        if self._open is None or self._open.unit.kind in HEADINGS:
            self._begin(Unit(TEXT, self._anchor("text")), line)
        else:
            self._open.lines.append(line)

    def _begin(self, unit: Unit, text: str = "") -> None:
        self._close()
        self._open = _Open(unit, [text] if text else [])

    def _close(self) -> None:
        if self._open is not None:
            unit = self._open.unit
            self._done.units.append(replace(unit, text="\n".join(self._open.lines)))
        self._open = None

    def _anchor(self, name: str) -> str:
        """The name, within the annex it lies in, and with a count where the text has it twice."""
        if self._annex:
            name = f"{self._annex}-{name}"
        count = self._anchors[name] = self._anchors.get(name, 0) + 1
        if name.rpartition("-")[2] in (HEADING, TEXT):
            return f"{name}-{count}"
        return name if count == 1 else f"{name}_{count}"

    def _note_quotes(self, line: str) -> None:
        """Whether a quotation goes on in the next line: its last mark says so."""
        opened, closed = line.rfind("“"), line.rfind("”")
        if opened != closed:
            self._quoting = opened > closed


def _numbered(number: str, inserted: str | None) -> str | None:
    value = _value(number)
    if not value:
        return None
    if inserted is None:
        return str(value)
    further = _value(inserted)
    return f"{value}-{further}" if further else None
