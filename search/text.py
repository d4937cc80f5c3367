"""Text analysis: how texts become the words of an index, and queries the words that are looked for.

Chinese is indexed twice: as the words that rjieba finds, and as every pair of neighbouring characters (二元分词). The
pairs make sure that a word is found wherever its characters stand; the words rank it above a chance meeting of the end
of one word and the beginning of the next (和服 in 产品和服务). Latin words are folded (case, width, accents); engines
stem the English ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

ANALYSIS_VERSION = 1
"""Raised whenever the same text would give other index words than before: indexes are then built anew."""

MAX_WORD = 64
"""Characters; longer runs are noise (base64, run-together PDF text) and never looked for."""
MAX_QUERY_WORDS = 64
"""Words of one query text that count; a pasted page is no query."""
_SHORT = 200
"""Characters of a query text that is worth remembering: one search asks many fields for the same words."""

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CJK = _HAN + "\u3041-\u30ff\u31f0-\u31ff\uac00-\ud7af"
"""Ranges of the Chinese, Japanese and Korean characters, for a class of a regular expression."""
_MARKS = "\u0300-\u036f"
RUN = re.compile(rf"[{CJK}]+|(?:(?![{CJK}_])[\w{_MARKS}])+")
"""A run of CJK characters, or a word of any other script."""
_IS_CJK = re.compile(rf"[{CJK}]")
GAP = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
"""White space that is no boundary."""
_COMBINING = re.compile(rf"[{_MARKS}]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Letters which Unicode does not decompose.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_CODE = re.compile(r"[a-z0-9]+(?:[-./+][a-z0-9]+)*")
_DIGIT = re.compile(r"[0-9]")
_ACRONYM_NUMBER = re.compile(r"(?<![\w.-])([A-Z]{2,4}) ?([0-9]{1,5})(?![\w/.-])")

ENGLISH_STOP_WORDS = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or")
    + ("that", "the", "their", "this", "to", "which", "with")
)
CHINESE_STOP_WORDS = frozenset(
    ("的", "了", "和", "与", "及", "或", "等", "之", "在", "是", "对", "于", "为", "其", "以及")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: ``text`` is folded, ``start`` and ``end`` count characters of the text as it was given."""

    text: str
    start: int
    end: int
    cjk: bool


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One thing to look for.

    ``parts`` are the folded words which must all occur: for Latin text in this order and next to each other (``pvc-u``
    is ``("pvc", "u")``), for Chinese anywhere (``管理体系`` is ``("管理", "体系")``; the whole word, ``text``, then
    ranks higher).
    """

    text: str
    parts: tuple[str, ...]
    cjk: bool

    @property
    def stop(self) -> bool:
        """Too common to be required."""
        return self.text in (CHINESE_STOP_WORDS if self.cjk else ENGLISH_STOP_WORDS)


def fold(text: str) -> str:
    """Without case, width, accents and code points that are no characters: ``ＰＶＣ``, ``Qualité`` → ``pvc``,
    ``qualite``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _SURROGATES.sub("", text))
    return unicodedata.normalize("NFC", _COMBINING.sub("", decomposed)).casefold().translate(_LETTERS)


def has_cjk(text: str) -> bool:
    """Whether a Chinese, Japanese or Korean character occurs."""
    return _IS_CJK.search(text) is not None


def mostly_chinese(text: str) -> bool:
    """Whether a longer text is to be analysed as Chinese: at least one character in ten is."""
    return bool(text) and len(_IS_CJK.findall(text)) * 10 >= len(text)


def joined(text: str) -> str:
    """Letters and digits only, folded: as ``Designation.joined``, but of any text (``GB/T 19`` → ``gbt19``)."""
    return re.sub(r"[\W_]+", "", fold(text))


# Index side


def word_tokens(text: str) -> str:
    """Folded words of any language, separated by spaces; CJK runs stay whole."""
    return " ".join(RUN.findall(fold(text)))


def chinese_words(text: str) -> str:
    """Words as rjieba cuts them, longer words also by their parts, in reading order and separated by spaces."""
    words: list[str] = []
    for run in RUN.findall(GAP.sub("", fold(text))):
        if _IS_CJK.match(run):
            words.extend(rjieba.cut_for_search(run))
        else:
            words.append(run)
    return " ".join(words)


def bigrams(text: str) -> str:
    """Every pair of neighbouring CJK characters, then the last character of each run alone; Latin words whole.

    White space between CJK characters is no boundary (titles are set with and without it, PDF lines break anywhere);
    punctuation is. The lone last character lets every single character be found as the beginning of a term, and keeps a
    phrase from reaching across punctuation.
    """
    grams: list[str] = []
    for run in RUN.findall(GAP.sub("", fold(text))):
        if _IS_CJK.match(run):
            grams.extend(map("".join, zip(run, run[1:], strict=False)))
            grams.append(run[-1])
        else:
            grams.append(run)
    return " ".join(grams)


def codes(text: str) -> list[str]:
    """Code-like tokens kept whole: ``80-05-7``, ``pvc-u``, ``802.11``, ``ipv6``, ``tc176`` (also from ``TC 176``)."""
    text = unicodedata.normalize("NFKC", _SURROGATES.sub("", text)).translate(_DASHES)
    found = dict.fromkeys(code for code in _CODE.findall(fold(text)) if 1 < len(code) <= MAX_WORD and _is_code(code))
    found.update(dict.fromkeys((letters + digits).lower() for letters, digits in _ACRONYM_NUMBER.findall(text)))
    return list(found)


def _is_code(word: str) -> bool:
    """Letters or signs together with digits; without digits, a hyphen before or after a single letter (``pvc-u``)."""
    if _DIGIT.search(word):
        return not word.isdigit()
    return "-" in word and any(len(part) == 1 for part in word.split("-"))


# Query side


@lru_cache(maxsize=4096)
def _subwords(word: str) -> tuple[str, ...]:
    """The shorter words that make up a Chinese word from end to end, else the word: 管理体系 → 管理, 体系."""
    starts: dict[int, str] = {}
    for part, start, _end in rjieba.tokenize(word, "search"):
        if 1 < len(part) < len(word) and (start not in starts or len(part) < len(starts[start])):
            starts[start] = part
    cover: list[str] = []
    at = 0
    while at < len(word):
        if at not in starts:
            return (word,)
        cover.append(starts[at])
        at += len(starts[at])
    return tuple(cover)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text where they stand. Offsets are of ``text`` itself, so that it can be marked as written."""
    for match in RUN.finditer(text):
        run, start = match.group(), match.start()
        if _IS_CJK.match(run):
            for word, low, high in rjieba.tokenize(run, "default"):
                yield Token(fold(word), start + low, start + high, cjk=True)
        else:
            yield Token(fold(run), start, match.end(), cjk=False)


def query_words(text: str) -> tuple[QueryWord, ...]:
    """What a person looks for who types ``text``: each word once, at most ``MAX_QUERY_WORDS``."""
    return _remembered_words(text) if len(text) <= _SHORT else _query_words(text)


def _query_words(text: str) -> tuple[QueryWord, ...]:
    text = fold(text)
    words: dict[str, QueryWord] = {}
    latin: list[Token] = []

    def close() -> None:
        if latin:
            parts = tuple(token.text for token in latin)
            words.setdefault(" ".join(parts), QueryWord(" ".join(parts), parts, cjk=False))
            latin.clear()

    for token in tokens(text):
        if len(words) >= MAX_QUERY_WORDS:
            return tuple(words.values())
        # Latin words joined by one sign are one thing: PVC-U, 802.11, 80-05-7.
        if latin and (token.cjk or text[latin[-1].end : token.start] not in ("-", ".", "/", "+")):
            close()
        if len(token.text) > MAX_WORD:
            close()
        elif token.cjk:
            words.setdefault(token.text, QueryWord(token.text, _subwords(token.text), cjk=True))
        elif len(latin) < MAX_QUERY_WORDS:
            latin.append(token)
    close()
    return tuple(words.values())


_remembered_words = lru_cache(maxsize=1024)(_query_words)
