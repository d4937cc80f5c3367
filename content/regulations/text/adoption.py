"""What stands below the title of a Chinese law: who adopted, promulgated and amended it, and when.

``1993年2月22日第七届…第三十次会议通过 根据2009年8月27日…《关于修改部分法律的决定》修正``: a chain of events,
each with its date. The events of one version belong together: adopted in a city, approved by its province, promulgated,
in force.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from content.regulations.text.numerals import CHARACTERS, number_of
from content.regulations.text.structure import tidy
from content.regulations.text.titles import tidy_title

ADOPTED, APPROVED, PROMULGATED, EFFECTIVE = "adopted", "approved", "promulgated", "effective"
REVISED, AMENDED, REPEALED, NOTED = "revised", "amended", "repealed", "noted"
KINDS: Final = (ADOPTED, APPROVED, PROMULGATED, EFFECTIVE, REVISED, AMENDED, REPEALED, NOTED)
MAX_EVENTS: Final = 100
MAX_TEXT: Final = 300
MAX_LENGTH: Final = 20_000

_N: Final = rf"[{CHARACTERS}0-9０-９]"
_DATE: Final = re.compile(rf"({_N}{{4}}) ?年 ?({_N}{{1,3}}) ?月 ?({_N}{{1,3}}) ?日")
_QUOTED: Final = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》?|〈[^〈〉]*〉?")
_WORDS: Final = (
    # The first that is found decides: 通过的…修正 is an amendment, 批准的修订 a revision.
    (REPEALED, re.compile(r"废止|失效")),
    (AMENDED, re.compile(r"修正|修改")),
    (REVISED, re.compile(r"修订")),
    (APPROVED, re.compile(r"批准")),
    (ADOPTED, re.compile(r"通过")),
    (PROMULGATED, re.compile(r"公布|发布|颁布|印发|公告")),
    (EFFECTIVE, re.compile(r"施行|实施|生效|执行")),
)
_ORDER: Final = re.compile(
    r"(?:中华人民共和国)?[\u4e00-\u9fff、和]{2,40}?(?:令|公告) ?"
    rf"[(（〔\[]?(?:{_N}{{4}}年?)?[)）〕\]]? ?第? ?{_N}{{1,5}} ?号"
    rf"|(?:法释|国发|国函|国办发|高检发释字) ?[〔\[(（]{_N}{{4}}[〕\])）] ?{_N}{{1,4}} ?号"
)
_MEETING: Final = re.compile(r"(?:会议|委员会)$")
_STARTED_BY: Final = re.compile(r"^(?:根据|经|由|[、，,（(）)\s])+")
_ENTERS: Final = r"(?:施行|实施|生效|执行|试行)"
_IN_FORCE_FROM: Final = re.compile(rf"自? ?({_N}{{4}} ?年 ?{_N}{{1,3}} ?月 ?{_N}{{1,3}} ?日) ?(?:起|开始)? ?{_ENTERS}")
_IN_FORCE_AT_ONCE: Final = re.compile(rf"自?(?:公布|发布|颁布|通过|印发)之?日起?{_ENTERS}")
_PLACE: Final = r"全国|[\u4e00-\u9fff]{2,20}?(?:省|市|自治区|自治州|自治县|县|旗|区)"
_CONGRESS: Final = re.compile(rf"({_PLACE})?第?{_N}+届(?:全国)?人民代表大会(常务委员会)?")
_MINISTRY: Final = re.compile(r"(?:中华人民共和国)?([\u4e00-\u9fff]{2,30}?)令 ?第? ?" + _N)


@dataclass(frozen=True, slots=True)
class Event:
    """One step of an act's life: ``date`` ISO 8601, ``text`` as written after the date."""

    date: str
    kind: str
    text: str


@dataclass(slots=True)
class Stage:
    """The events of one version, and how it came about (``adopted``, ``revised``, ``amended``, …)."""

    kind: str
    events: list[Event] = field(default_factory=list)

    @property
    def date(self) -> str:
        """When it was made public, else approved, else adopted: the day by which a version is named."""
        for kind in (PROMULGATED, APPROVED):
            if found := [one.date for one in self.events if one.kind == kind]:
                return max(found)
        made = [one.date for one in self.events if one.kind != EFFECTIVE]
        return max(made or [one.date for one in self.events])

    @property
    def dates(self) -> tuple[str, ...]:
        """Every day by which somebody may name the version, in order."""
        named = {one.date for one in self.events if one.kind != EFFECTIVE}
        return tuple(sorted(named or {one.date for one in self.events}))

    @property
    def effective(self) -> str:
        """The day of entry into force that the note states, or empty."""
        return max((one.date for one in self.events if one.kind == EFFECTIVE), default="")

    @property
    def number(self) -> str:
        """The number of the order that made it public (文号), or empty."""
        for event in self.events:
            if event.kind in (PROMULGATED, REVISED, AMENDED, ADOPTED) and (found := order_number(event.text)):
                return found
        return ""

    @property
    def by(self) -> str:
        """The act that amended it, from 《…》, or empty."""
        for event in self.events:
            if event.kind in (AMENDED, REVISED):
                start, end = event.text.find("《"), event.text.rfind("》")
                if 0 <= start < end:
                    return tidy_title(event.text[start + 1 : end])
        return ""


def events(lines: Iterable[str]) -> list[Event]:
    """The events that a note tells, in its order. Dates that no calendar has are passed over."""
    text = tidy(" ".join(lines))[:MAX_LENGTH]
    found: list[Event] = []
    marks = list(_DATE.finditer(text))[:MAX_EVENTS]
    for at, mark in enumerate(marks):
        day = iso_date(mark[1], mark[2], mark[3])
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        told = _STARTED_BY.sub("", text[mark.end() : end]).strip(" （()）。，,、;；")
        told = re.sub(r"(?:根据|并经|经|并由|由)$", "", told).strip()
        if day:
            found.append(Event(day, kind_of(told), told[:MAX_TEXT]))
    return found


def kind_of(text: str) -> str:
    """What happened, by the words outside of titles."""
    for told in (_QUOTED.sub("", text), text):  # the whole of it where a mark of a title is misplaced
        for kind, word in _WORDS:
            if word.search(told):
                return kind
        if _MEETING.search(told):
            return (
                ADOPTED  # 审判委员会第1745次会议、2018年10月19日…检察委员会…通过: the verb comes with the second date
            )
    return NOTED


def stages(found: Sequence[Event]) -> list[Stage]:
    """The events by version, the oldest first."""
    made: list[Stage] = []
    waiting: list[Event] = []
    for event in found:
        if event.kind == APPROVED and event.text.endswith("批准的"):
            waiting.append(event)  # 批准的 …修正: it belongs to what comes next
            continue
        if _begins(event, made):
            kind = AMENDED if made and event.kind == ADOPTED else event.kind
            made.append(Stage(kind, [*waiting, event]))
            waiting = []
        else:
            made[-1].events += [*waiting, event]
            waiting = []
            if event.kind in (AMENDED, REVISED):
                made[-1].kind = event.kind
    if waiting and made:
        made[-1].events += waiting
    elif waiting:
        made.append(Stage(APPROVED, waiting))
    return made


def _begins(event: Event, made: list[Stage]) -> bool:
    """Whether an event makes a version, or is a further step of the last one."""
    if not made:
        return True
    last = made[-1]
    held = {one.kind for one in last.events}
    match event.kind:
        case "amended" | "revised":
            # 2018年8月29日市人大常委会通过 2018年11月29日省人大常委会批准的《…决定》修正: two steps of one amendment.
            return not ("批准" in event.text and held == {ADOPTED} and len(made) > 1)
        case "adopted":
            return not _MEETING.search(last.events[-1].text)
        case "approved" | "promulgated":
            return event.kind in held and event.date > last.date and EFFECTIVE in held
        case _:
            return False


def iso_date(year: str, month: str, day: str) -> str:
    """``2009-08-27`` from numerals of either kind; empty for what is no day."""
    try:
        return date(*(number_of(part) for part in (year, month, day))).isoformat()
    except ValueError:
        return ""


def order_number(text: str) -> str:
    """The number of an order, an announcement or an interpretation in ``text`` (国务院令第373号), or empty."""
    found = _ORDER.search(_QUOTED.sub(" ", text))
    return found[0].replace(" ", "") if found else ""


def in_force_from(text: str, published: str) -> str:
    """The day of entry into force that a closing article states (本法自2024年5月1日起施行), or empty.

    ``published`` is the day meant by 自公布之日起施行.
    """
    for day in _IN_FORCE_FROM.finditer(text):
        parts = _DATE.search(day[1])
        if parts and (found := iso_date(parts[1], parts[2], parts[3])):
            return found
    return published if _IN_FORCE_AT_ONCE.search(text) else ""


def issuer(found: Iterable[Event], title: str) -> str:
    """Who issued the act, as its note tells, else as the title of a court's act tells; or empty."""
    for courts in ("最高人民法院、最高人民检察院", "最高人民法院", "最高人民检察院"):
        if title.startswith(courts):
            return courts
    for event in found:
        bare = _QUOTED.sub(" ", event.text)
        if named := _CONGRESS.search(bare):
            place = named[1] or "全国"
            return f"{place}人民代表大会{named[2] or ''}"
        if "国务院" in bare:
            return "国务院"
        if named := _MINISTRY.search(bare):
            return named[1]
    return ""
