"""Which language a text is in: from its scripts, then, for Latin letters, from its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

from crawlers.pdf.scripts import is_han

UNDETERMINED = "und"  # BCP 47
SAMPLE = 4_000
MIN_EVIDENCE = 6
WORD = re.compile(r"[^\W\d_]+")
SMALL_WORDS = {
    "en": "the of and to in is for that with be this are as by or an shall",
    "fr": "le la les des et du une est pour dans que au aux par sur",
    "de": "der die das und ist von den mit für auf nicht ein eine zu im werden",
    "es": "el los las de que en una para por con del se es al",
    "it": "il di che per una della sono nel dei con gli alla le",
    "pt": "os das dos que em uma para com não por ao da na pela",
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


def count(text: str) -> Counter[str]:
    """Evidence for languages in (the beginning of) a text; counts of several texts may be added up."""
    sample = text[:SAMPLE]
    evidence: Counter[str] = Counter(_script(char) for char in sample if char.isalpha())
    evidence["uk"] = sum(1 for char in sample.casefold() if char in "іїєґ")
    for word in WORD.findall(sample.casefold()):
        evidence.update(f"word:{lang}" for lang in LANGUAGE_OF.get(word, ()))
    return evidence


def decide(evidence: Counter[str]) -> str:
    """The BCP 47 primary tag of the language of a text, `und` for too little or unknown text.

    Technical papers of any language are full of Latin names, units and code, so other scripts need a quarter only.
    """
    han, kana, hangul, latin = (evidence[key] for key in ("han", "kana", "ko", "latin"))
    others = {lang: evidence[lang] for lang in ("el", "ru", "he", "ar", "th", "hi")}
    # An ideograph or syllable says about as much as three letters.
    cjk = 3 * (han + kana + hangul)
    best = max(others, key=lambda lang: others[lang])
    if max(cjk, others[best], latin) < MIN_EVIDENCE:
        return UNDETERMINED
    if max(cjk, others[best]) * 3 >= latin:
        if cjk < others[best]:
            return "uk" if best == "ru" and evidence["uk"] * 50 > others[best] else best
        if hangul > han + kana:
            return "ko"
        return "ja" if kana * 10 > han else "zh"
    votes = Counter({lang: evidence[f"word:{lang}"] for lang in SMALL_WORDS})
    (first, most), (_, second) = votes.most_common(2)
    return first if most >= 3 and 2 * most >= 3 * second else UNDETERMINED


def _script(char: str) -> str:
    if is_han(char):
        return "han"
    code = ord(char)
    return next((name for first, last, name in RANGES if first <= code <= last), "other")
