"""What points 4, 5 and 11 are made of: codes of products, pages and languages, the enquiry point. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from crawlers.parsers.tbt_boxes import BOX, ticked
from crawlers.parsers.tbt_labels import ENQUIRY, ENQUIRY_WORDS
from crawlers.parsers.tbt_text import cut, fold, label_end, on_one_line
from crawlers.parsers.tbt_urls import without_urls

MAX_CODES: Final = 500
MAX_DOCUMENTS: Final = 20
"""Numbers of pages, and languages, of one notification."""

_LANGUAGES: Final = {
    "en": "english anglais ingles",
    "fr": "french francais frances",
    "es": "spanish espagnol espanol castilian",
    "zh": "chinese chinois chino mandarin",
    "pt": "portuguese portugais portugues",
    "de": "german allemand aleman",
    "it": "italian italien italiano",
    "nl": "dutch neerlandais neerlandes",
    "ru": "russian russe ruso",
    "uk": "ukrainian ukrainien ucraniano ucranio",
    "ar": "arabic arabe",
    "he": "hebrew hebreu hebreo",
    "ja": "japanese japonais japones",
    "ko": "korean coreen coreano",
    "th": "thai thailandais tailandes",
    "vi": "vietnamese vietnamien vietnamita",
    "id": "indonesian indonesien indonesio bahasa",
    "ms": "malay malais malayo",
    "tr": "turkish turc turco",
    "sv": "swedish suedois sueco",
    "da": "danish danois danes",
    "no": "norwegian norvegien noruego",
    "fi": "finnish finnois fines finlandes",
    "cs": "czech tcheque checo",
    "sk": "slovak slovaque eslovaco",
    "sl": "slovenian slovene esloveno",
    "hu": "hungarian hongrois hungaro",
    "pl": "polish polonais polaco",
    "bg": "bulgarian bulgare bulgaro",
    "ro": "romanian roumain rumano",
    "hr": "croatian croate croata",
    "el": "greek grec griego",
    "lv": "latvian letton leton",
    "lt": "lithuanian lituanien lituano",
    "et": "estonian estonien estonio",
    "ka": "georgian georgien georgiano",
    "hy": "armenian armenien armenio",
    "kk": "kazakh kazako kazajo",
    "ky": "kyrgyz kirghize kirguis",
    "mn": "mongolian mongol",
    "sw": "swahili",
    "sq": "albanian albanais albanes",
    "mk": "macedonian macedonien macedonio",
    "is": "icelandic islandais islandes",
}
LANGUAGES: Final = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
_PAGES: Final = re.compile(r"(?<![\d.,/-])(\d{1,5})[ \n]?(?:pages?|paginas?|pags?|pp|p)(?:\(s\))?(?![^\W_])\.?")
_SPOKEN: Final = re.compile(
    r"(?P<open>\([ \n]?)?(?<![^\W_])(?P<in>(?:(?:available|disponibles?)[ \n])?(?:in|en)[ \n])?"
    rf"(?P<name>{'|'.join(sorted(LANGUAGES, key=len, reverse=True))})(?![^\W_])"
)
_BETWEEN: Final = re.compile(
    r"[ \n,;:.()/&\-–—]|(?:and|et|y|e|in|en|available|disponibles?|versions?|langues?|only)(?![^\W_])"
)
_BEFORE: Final = " ,;:.-–—)]/"
_AFTER: Final = " ,;:-–—([/"
MAX_BETWEEN: Final = 40

_CODE: Final = r"(?:ex[ \n]?)?\d(?:[\d.]{0,17}\d)?"
_LINKED: Final = r"(?:[ \n]?[,;/–—-][ \n]?|[ \n](?:and|et|y|to|a|à|or|ou|o)[ \n]|[ \n])"
_OF: Final = (
    r"(?i:codes?|c[oó]digos?|headings?|numbers?|nos?\.?|n[uú]m[eé]ros?|positions?|partidas?|chapters?|chapitres?"
    r"|cap[ií]tulos?|classification)(?:\(s\))?"
)
_SYSTEM: Final = re.compile(
    rf"[(\[]?[ \n]?(?:{_OF}[ \n](?:(?i:du|del|de[ \n]la|de[ \n]l['’]|de|of[ \n]the)[ \n]?)?)?"
    r"(?<![^\W_])(?P<system>H\.?S|S\.?H|S\.?A|ICS|CIN)\.?(?![^\W_])"
    rf"(?:[ \n]?{_OF}){{0,2}}[ \n]?[:.]?[ \n]?(?:{_OF}[ \n]?:?[ \n]?)?"
    rf"(?P<codes>{_CODE}(?:{_LINKED}{_CODE}){{0,{MAX_CODES}}})?[ \n]?[)\]]?"
)
_ONE: Final = re.compile(r"\d[\d.]{0,18}")


@dataclass(frozen=True, slots=True)
class Products:
    text: str
    hs: tuple[str, ...] = ()
    ics: tuple[str, ...] = ()


@dataclass(slots=True)
class Title:
    text: str = ""
    pages: list[int] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)


def products(text: str) -> Products:
    """The products, and the codes stated after the name of a system: HS (SH, SA) or ICS.

    A group such as "(HS code(s): 3808)" is taken out of the text; "parts of HS 8703" within a sentence stays.
    """
    codes: dict[str, dict[str, None]] = {"hs": {}, "ics": {}}
    kept, past = list[str](), 0
    for match in _SYSTEM.finditer(text):
        if not match["codes"]:
            continue
        into = codes["ics" if match["system"] in ("ICS", "CIN") else "hs"]
        into.update(dict.fromkeys(_codes(match["codes"])))
        if _stands_alone(text, match):
            kept.append(text[past : match.start()])
            past = match.end()
    rest = re.sub(r" +(?=[;,.\n])", "", " ".join([*kept, text[past:]]))
    rest = re.sub(r"[;,]+(?=[;,.\n]|$)|(?<!\.)\.(?=\.(?!\.))", "", rest)
    tidied = "\n".join(filter(None, (on_one_line(line).strip(" ,;") for line in rest.split("\n"))))
    return Products(tidied, tuple(codes["hs"])[:MAX_CODES], tuple(codes["ics"])[:MAX_CODES])


def _codes(text: str) -> list[str]:
    return [one for found in _ONE.findall(text) if (one := found.rstrip("."))]


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    if match[0].lstrip().startswith(("(", "[")) and match[0].rstrip().endswith((")", "]")):
        return True
    before = text[: match.start()][-3:].rstrip(" ")
    after = text[match.end() : match.end() + 3].lstrip(" ")
    return (not before or before[-1] in ";,.:)\n") and (not after or after[0] in ";,.)(\n")


def title(text: str) -> Title:
    """The title without its pages and languages: "(13 page(s), in English)", "13 páginas, en inglés".

    A language counts beside a number of pages or another language, or alone in brackets: "(in English)".
    """
    made = Title()
    plain = without_urls(text)
    folded = fold(plain)
    taken: list[tuple[int, int]] = []
    found = [*_PAGES.finditer(folded), *_SPOKEN.finditer(folded)]
    for match in sorted(found, key=lambda one: one.start()):
        reached = taken[-1][1] if taken else None
        if match.re is _PAGES:
            made.pages.append(int(match[1]))
        elif (reached is not None and _only_between(folded, reached, match.start())) or _alone(folded, match):
            made.languages.append(LANGUAGES[match["name"]])
        else:
            continue
        taken.append(match.span())
    made.pages, made.languages = made.pages[:MAX_DOCUMENTS], made.languages[:MAX_DOCUMENTS]
    made.text = _without(plain, taken)
    return made


def _only_between(folded: str, start: int, end: int) -> bool:
    """Whether signs and small words alone stand between two places."""
    if not 0 <= end - start <= MAX_BETWEEN:
        return False
    while start < end:
        step = _BETWEEN.match(folded, start)
        if step is None:
            return False
        start = step.end()
    return True


def _alone(folded: str, match: re.Match[str]) -> bool:
    after = folded[match.end() : match.end() + 12].lstrip(" \n")
    return bool(match["open"] and match["in"]) and after[:1] in (")", ",", ";", "a", "e", "y", "/")


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without some stretches, and without the brackets and words that they leave empty."""
    parts, past = list[str](), 0
    for start, end in sorted(spans):
        if start >= past:
            parts.append(text[past:start])
            parts.append("\0")
        past = max(past, end)
    parts.append(text[past:])
    whole = on_one_line("".join(parts))
    # What joins two stretches that are gone is gone as well.
    whole = re.sub(r"\0(?:[ ,;:.()/&\-–—\0]|(?:and|et|y|e|in|en|each|only|available)(?![^\W_]))*", "\0", whole)
    pieces = [piece.lstrip(_BEFORE).rstrip(_AFTER) for piece in whole.split("\0")]
    return "; ".join(filter(None, pieces))


def available(text: str) -> str:
    """Point 11 without the words of the form: the enquiry point only where it is ticked."""
    folded = fold(text)
    parts, past = list[str](), 0
    for match in ENQUIRY.finditer(folded):
        if match.start() < past:
            continue
        space = 1 if folded[match.end() : match.end() + 1] in (" ", "\n") else 0
        box = BOX.match(folded, match.end() + space)
        if box is None:
            continue
        parts.append(text[past : match.start()])
        if ticked(box):
            parts.append(f"{text[match.start() : match.end()]}\n")
        past, _colon = label_end(folded, box.end(), ENQUIRY_WORDS)
    parts.append(text[past:])
    return cut("\n".join(filter(None, (line.strip(" ,;") for line in "".join(parts).split("\n")))), 20_000)
