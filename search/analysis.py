"""What a typed query says: designations, registry numbers, classes, phrases, words to leave out, words.

A query is never parsed as a language that can be wrong: what has no special meaning is words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from content.regulations.text.orders import take_orders
from content.tbt import codes, symbols
from search.designations import Designation, Found, find, try_parse
from search.synonyms.aliases import Alias, Aliases

MAX_LENGTH: Final = 500
"""Characters looked at; callers that take longer texts say so to the reader (``search.params`` refuses them)."""
MAX_WORDS: Final = 24
"""Words and phrases searched for: each costs the engine several look-ups. The longest title held has 60 words, but a
pasted title is found by its first ones."""
MAX_DESIGNATIONS: Final = 10

_CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
TOKEN: Final = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:[-.'&/][^\W_{_CJK}]+)*")
"""A word of a query: a run of Chinese, or a word of any other script with the signs inside it."""
_HAS_CJK: Final = re.compile(rf"[{_CJK}]")
_QUOTED: Final = r"\"[^\"]*\"|“[^”]*”|「[^」]*」|『[^』]*』"
_EXCLUDED: Final = re.compile(rf"(?:(?<=\s)|^)-(?:({_QUOTED})|([^\s\d\"“「『-][^\s\"“「『]*))")
_PHRASE: Final = re.compile(_QUOTED)
_CAS: Final = re.compile(r"(?<![\w.-])(\d{2,7})-(\d{2})-(\d)(?![\w-])", re.ASCII)
_EC: Final = re.compile(r"(?<![\w.-])(\d{3})-(\d{3})-(\d)(?![\w-])", re.ASCII)
_HS: Final = re.compile(
    r"(?:(?<![a-z])HS(?:\s?codes?)?|(?:HS|海关|税则|商品)\s?(?:编码|编号|号列)|税号)\s?[:：]?\s?"
    r"(\d{2}(?:\.?\d{2}){0,4})(?![\d.]*\d)",
    re.ASCII | re.IGNORECASE,
)
_ICS: Final = re.compile(r"(?<![\w.])(?:ICS\s*)?(\d{2}\.\d{3}(?:\.\d{2})?)(?![\w.])", re.ASCII | re.IGNORECASE)
_CCS: Final = re.compile(r"(?:CCS\s*)?([A-Z]\d{2}(?:/\d{2})?)|CCS\s*([A-Z])", re.ASCII | re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d{1,6}(?:[.-]\d{1,5}){0,2}?)(?:\s?[-:—–]\s?((?:19|20)\d{2}))?", re.ASCII)
_YEAR_AFTER: Final = re.compile(r"\s((?:19|20)\d{2})(?!\d)", re.ASCII)


NO_ALIASES: Final = Aliases()


class IdentifierKind(StrEnum):
    CAS = "cas"
    """CAS Registry Number."""
    EC = "ec"
    """EC number of a substance (EINECS, ELINCS, NLP)."""
    TBT = "tbt"
    """Document symbol of a WTO notification, ``G/TBT/N/CHN/1234``."""
    HS = "hs"
    """Code of the Harmonized System, two to six digits; only where it is said to be one."""
    ORDER = "order"
    """Number of an order by which a regulation was made (令号), ``国务院令617``."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """``valid``: the check digit is right; always true where the kind has none."""

    kind: IdentifierKind
    text: str
    valid: bool = True


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A number that a standard may have, typed without its publisher: ``14001:2015``, ``1.1``."""

    text: str
    number: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class QueryAnalysis:
    """``words`` are what is left: Chinese runs and single words, in the order typed; ``only_number`` that nothing else
    was."""

    text: str
    """The query as searched: cleaned, one space between words."""
    designations: tuple[Designation, ...] = ()
    aliases: tuple[Alias, ...] = ()
    """Names that were typed in place of designations; what they stand for is among ``designations``."""
    numbers: tuple[BareNumber, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    ics: tuple[str, ...] = ()
    ccs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    shortened: bool = False
    """More was typed than is searched for."""

    @property
    def empty(self) -> bool:
        """Nothing to search for. (Words to leave out alone do not make a search.)"""
        return not (self.identified or self.words or self.phrases)

    @property
    def identified(self) -> bool:
        return bool(self.designations or self.numbers or self.identifiers or self.ics or self.ccs)

    @property
    def languages(self) -> tuple[str, ...]:
        """``zh`` and ``en`` (which stands for any language not written in Chinese characters), as far as words go."""
        texts = (*self.words, *self.phrases)
        chinese = any(map(is_chinese, texts))
        return ("zh",) * chinese + ("en",) * any(not is_chinese(text) for text in texts)


def is_chinese(text: str) -> bool:
    return _HAS_CJK.search(text) is not None


def clean(text: str) -> str:
    """Compatibility forms folded (NFKC), control and format characters and lone surrogates out, spaces single.

    Format characters are those that turn the direction of writing round or do not show at all.
    """
    text = unicodedata.normalize("NFKC", text[: MAX_LENGTH * 2].encode("utf-8", "ignore").decode("utf-8"))
    kept = (" " if char.isspace() else char for char in text if char.isspace() or unicodedata.category(char)[0] != "C")
    return " ".join("".join(kept).split())


def analyse(text: str, aliases: Aliases = NO_ALIASES) -> QueryAnalysis:
    """Take a query apart; never fails. ``aliases`` are the names of standards that the glossary knows."""
    cleaned = clean(text)
    query = cleaned[:MAX_LENGTH]
    excluded: list[str] = []
    phrases: list[str] = []
    rest = _take(_EXCLUDED, query, lambda match: excluded.append(_unquoted(match[1] or match[2])))
    rest = _take(_PHRASE, rest, lambda match: phrases.append(_unquoted(match[0])))
    quoted_designations = [designation for phrase in phrases if (designation := try_parse(phrase))]
    phrases = [phrase for phrase in phrases if phrase and not try_parse(phrase)]

    named, rest = _aliases(rest, aliases)
    meant = [designation for alias in named for designation in alias.designations]
    identifiers: list[Identifier] = []
    named_symbols, rest = symbols.take(rest)
    identifiers += [Identifier(IdentifierKind.TBT, symbol.canonical) for symbol in named_symbols]
    rest = _take_hs(rest, identifiers)
    orders, rest = take_orders(rest)
    identifiers += [Identifier(IdentifierKind.ORDER, order) for order in orders]
    rest = _take(_EC, rest, lambda match: identifiers.append(Identifier(IdentifierKind.EC, match[0], _ec_valid(match))))
    rest = _take_cas(rest, identifiers)
    ccs = _ccs(rest)
    designations, rest = _designations(rest) if not ccs else ([], "")
    ics: list[str] = []
    rest = _take(_ICS, rest, lambda match: ics.append(match[1]))
    words, numbers = _words(rest)
    return QueryAnalysis(
        text=query,
        designations=tuple(dict.fromkeys([*quoted_designations, *meant, *designations]))[:MAX_DESIGNATIONS],
        aliases=tuple(named),
        numbers=tuple(dict.fromkeys(numbers))[:MAX_DESIGNATIONS],
        identifiers=tuple(dict.fromkeys(identifiers))[:MAX_DESIGNATIONS],
        ics=tuple(dict.fromkeys(ics))[:MAX_DESIGNATIONS],
        ccs=ccs,
        words=tuple(words[:MAX_WORDS]),
        phrases=tuple(phrases[:MAX_WORDS]),
        excluded=tuple(word for word in excluded if word)[:MAX_WORDS],
        shortened=len(cleaned) > MAX_LENGTH or len(words) > MAX_WORDS,
    )


def cas_valid(number: str) -> bool:
    """Whether the check digit of a CAS Registry Number is right.

    The last digit is the sum of the others, each times its place from the right, modulo 10
    (https://www.cas.org/training/documentation/chemical-substances/checkdig).
    """
    *digits, check = (int(char) for char in number if char.isdigit())
    return sum(place * digit for place, digit in enumerate(reversed(digits), 1)) % 10 == check


def ec_valid(number: str) -> bool:
    """Whether the check digit of an EC number is right.

    It is the sum of the six digits before it, each times its place from the left, modulo 11; numbers for which that is
    10 are not given out (Commission Decision 81/437/EEC; https://echa.europa.eu/information-on-chemicals/ec-inventory).
    """
    *digits, check = (int(char) for char in number if char.isdigit())
    return sum(place * digit for place, digit in enumerate(digits, 1)) % 11 == check


def _take(pattern: re.Pattern[str], text: str, use: Callable[[re.Match[str]], object]) -> str:
    """Hand every match to ``use`` and leave a space in its place."""

    def taken(match: re.Match[str]) -> str:
        use(match)
        return " "

    return pattern.sub(taken, text)


def _unquoted(text: str) -> str:
    return text.strip('"“”「」『』 ')


def _ec_valid(match: re.Match[str]) -> bool:
    return ec_valid(match[0])


def _take_cas(text: str, identifiers: list[Identifier]) -> str:
    """CAS numbers. One with a wrong check digit is taken as meant so too; the reader is told."""
    return _take(
        _CAS, text, lambda match: identifiers.append(Identifier(IdentifierKind.CAS, match[0], cas_valid(match[0])))
    )


def _take_hs(text: str, identifiers: list[Identifier]) -> str:
    """Codes of the HS: what no chapter begins with stays in the text."""

    def taken(match: re.Match[str]) -> str:
        code = codes.hs(match[1])
        if code is None:
            return match[0]
        identifiers.append(Identifier(IdentifierKind.HS, code))
        return " "

    return _HS.sub(taken, text)


def _aliases(text: str, aliases: Aliases) -> tuple[list[Alias], str]:
    """The names of standards in ``text``, each once, and what is left of it."""
    found: list[Alias] = []
    rest, at = "", 0
    candidates = aliases.find(text)
    designated = _named(text) if candidates else []
    for alias in candidates:
        if any(map(alias.lies_in, designated)):
            continue
        if all(alias.designations != one.designations for one in found):
            found.append(alias)
        rest += text[at : alias.start] + " "
        at = alias.end
    return found[:MAX_DESIGNATIONS], rest + text[at:]


def _ccs(text: str) -> tuple[str, ...]:
    """A CCS class, where that is the whole query: ``M12`` among words is a bolt, ``C45`` a steel."""
    match = _CCS.fullmatch(text.strip())
    return ((match[1] or match[2]).upper(),) if match else ()


def _designations(text: str) -> tuple[list[Designation], str]:
    """The designations in ``text`` and what is left of it.

    A query is not prose: ``din 933`` in lower case is meant as a designation, and so is ``iso 9001 2015`` with a year.
    """
    if whole := try_parse(text):
        halves = [whole, whole.dual] if "|" in text else [whole]  # one text of two bodies: either may be held
        return [half for half in halves if half], ""
    found: list[Designation] = []
    rest, at = "", 0
    for one in _named(text):
        designation, end = one.designation, one.end
        if not designation.year and (year := _YEAR_AFTER.match(text, end)):
            designation, end = designation.with_year(int(year[1])), year.end()
        found.append(designation)
        rest += text[at : max(one.start, at)] + " "
        at = max(at, end)
    return found, rest + text[at:]


def _named(text: str) -> list[Found]:
    upper = text.upper()
    return find(text) or [one for one in find(upper) if len(text) == len(upper) and _numbered(one)]


def _numbered(found: Found) -> bool:
    """Written in lower case it must look the part: ``en 71-1``, but not ``is 12``."""
    return len(found.text.split()[0]) > 1 and sum(map(str.isdigit, found.designation.number)) > 1


def _words(text: str) -> tuple[list[str], list[BareNumber]]:
    """A number among other words is a word as well (``304 不锈钢``)."""
    alone = _NUMBER.fullmatch(text.strip())
    if alone and len(alone[1]) > 1:
        return [], [_number(alone)]
    words: list[str] = []
    numbers: list[BareNumber] = []
    for token in re.sub(r"[《》〈〉]", " ", text).split():
        match = _NUMBER.fullmatch(token.strip(",.;:"))
        if match and (match[2] or len(re.sub(r"\D", "", match[1])) >= 3):
            numbers.append(_number(match))
            words.append(match[1])
        else:
            words += TOKEN.findall(token)
    return words, numbers


def _number(match: re.Match[str]) -> BareNumber:
    return BareNumber(match[0], match[1], int(match[2]) if match[2] else None)
