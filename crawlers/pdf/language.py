"""Which language a text is in: from its scripts, then, for Latin letters, from its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

from crawlers.pdf.scripts import is_han

UNDETERMINED = "und"  # BCP 47
SAMPLE = 4_000
WORD = re.compile(r"[^\W\d_]+")
SMALL_WORDS = {
    "en": "the of and to in is for that with be this are as by or an shall",
    "fr": "le la les des et du une est pour dans que au aux par sur ou",
    "de": "der die das und ist von den mit für auf nicht ein eine zu im werden",
    "es": "el los las de y que en una para por con del se es al",
    "it": "il di che e per una della sono nel dei con gli alla le",
    "pt": "o os das dos e que em uma para com não por ao da na",
    "nl": "de het een van en in is dat op te voor zijn met niet",
}
LANGUAGE_OF = {word: [lang for lang, words in SMALL_WORDS.items() if word in words.split()]
               for word in {w for words in SMALL_WORDS.values() for w in words.split()}}  # fmt: skip
RANGES = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "ru"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0750, 0x077F, "ar"),
    (0x0E00, 0x0E7F, "th"),
    (0x0900, 0x097F, "hi"),
    (0x1100, 0x11FF, "ko"),
    (0x3040, 0x30FF, "kana"),
    (0xAC00, 0xD7AF, "ko"),
    (0xFB50, 0xFDFF, "ar"),
    (0xFE70, 0xFEFF, "ar"),
)


def guess(text: str) -> str:
    """The BCP 47 primary tag of the language most of a text is in, `und` for too little or unknown text."""
    scripts: Counter[str] = Counter()
    for char in text[:SAMPLE]:
        if char.isalpha():
            scripts[_script(char)] += 1
    # A CJK character says about as much as two to three letters of a word; Chinese and Japanese papers are full of
    # Latin names.
    han, kana, hangul = scripts["han"] * 2.5, scripts["kana"] * 2.5, scripts["ko"] * 2.5
    weights = {lang: float(n) for lang, n in scripts.items() if lang not in {"han", "kana", "ko"}}
    if hangul > han:
        weights["ko"] = hangul
    elif kana > 0.1 * (han + kana):
        weights["ja"] = han + kana
    else:
        weights["zh"] = han
    best = max(weights, key=lambda lang: weights[lang], default="")
    if not best or weights[best] < 4:
        return UNDETERMINED
    if best == "ru" and any(char in "іїєґ" for char in text[:SAMPLE].casefold()):
        return "uk"
    return _latin(text) if best == "latin" else best


def _latin(text: str) -> str:
    votes: Counter[str] = Counter()
    for word in WORD.findall(text[:SAMPLE].casefold()):
        votes.update(LANGUAGE_OF.get(word, ()))
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return UNDETERMINED
    return ranked[0][0]


def _script(char: str) -> str:
    if is_han(char):
        return "han"
    code = ord(char)
    return next((name for first, last, name in RANGES if first <= code <= last), "other")
