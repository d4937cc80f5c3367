"""From what a query says to what the engine is asked; pure, so that every decision can be tested without an engine.

What an expert puts first: the designation that was typed, then the rest of its family, then what cites it, then words;
what is in force before what is withdrawn. Numbers and their reasons are in ``search.weights``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from content.tbt import symbols
from search import schema, weights
from search.analysis import BareNumber, IdentifierKind, QueryAnalysis, is_chinese
from search.clauses import (
    AllOf,
    AnyOf,
    Boost,
    Clause,
    Everything,
    Fuzzy,
    Phrase,
    Prefix,
    Range,
    Request,
    Term,
    Words,
)
from search.designations import Designation, Kind
from search.glossary import Entry, Glossary, fold
from search.selection import ORDERS, Selection, comment_facets, narrowing
from search.text import joined

MAIN_KINDS: tuple[str, ...] = tuple(
    kind
    for kind in Kind
    if kind not in (Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ADDENDUM, Kind.SUPPLEMENT, Kind.INTERPRETATION)
)
"""Documents that stand by themselves."""
_JOINT: frozenset[str] = frozenset(
    [
        *("ISO", "IEC", "ISO/IEC", "ISO/IEC/IEEE", "ISO/IEEE", "IEC/IEEE", "ISO/ASTM", "ISO/CIE", "ISO/SAE"),
        *("ISO/HL7", "ISO/OIML", "ISO/IDF", "ISO/IUPAC"),
    ]
)
"""Bodies that number their standards in one series: ISO, IEC and those they publish with."""
PUBLISHERS: dict[str, tuple[str, ...]] = {
    "iso": tuple(sorted(body for body in _JOINT if "ISO" in body.split("/"))),
    "iec": tuple(sorted(body for body in _JOINT if "IEC" in body.split("/"))),
    "gb": ("SAC",),
    "gb/t": ("SAC",),
}
"""Codes that people put among words to say whose standards they want (``ISO 轮胎``), and the bodies meant."""
GENERATIONS: range = range(1985, 2046, 5)
"""Years from which an edition counts as newer; ISO and SAC review one every five. Each costs the engine 0.2 ms."""
MIN_FUZZY: int = 5
"""Letters of a word that may be misspelled: shorter words have too many neighbours."""
MAX_NAME: int = 200
"""Characters of a whole name."""
LONG_WORD: int = 8
"""Letters of a word in which two may be wrong."""


class Strictness(StrEnum):
    """How many of the words must occur; a search is widened only when the narrower one finds next to nothing."""

    ALL = "all"
    SPELLED = "spelled"
    """All, or words of titles that are spelled much like them."""
    MOST = "most"
    """All but one."""
    SOME = "some"
    """Any one."""


def plan(
    analysis: QueryAnalysis, selection: Selection, glossary: Glossary, strictness: Strictness = Strictness.ALL
) -> Request:
    """The request for one page of results."""
    return Request(
        query=query_clause(analysis, glossary, strictness),
        filters={schema.BY_NAME[name]: values for name, values in selection.filters.items()},
        narrow=narrowing(selection),
        facets=schema.FACETS,
        query_facets=comment_facets(selection),
        order=ORDERS[selection.sort],
        offset=selection.offset,
        size=selection.size,
        after=selection.after,
    )


def query_clause(analysis: QueryAnalysis, glossary: Glossary, strictness: Strictness = Strictness.ALL) -> Clause:
    """What the query asks for, without filters."""
    parts: list[Clause] = []
    if tiers := _identity(analysis):
        parts.append(AllOf(must=(AnyOf(tuple(tiers), best=True),), should=_standing()))
    groups = word_groups(analysis, glossary)
    if groups:
        words = _words(groups, analysis, Strictness.SOME if analysis.designations else strictness)
        parts.append(words)
    query: Clause = Everything() if not parts else parts[0] if len(parts) == 1 else AnyOf(tuple(parts))
    if excluded := tuple(clause for text in analysis.excluded for clause in _anywhere(text)):
        return AllOf(must=(query,), must_not=excluded)
    return query


# Designations, numbers, classes


def _identity(analysis: QueryAnalysis) -> list[Clause]:
    tiers: list[Clause] = []
    for designation in analysis.designations:
        tiers += _designation(designation)
    for number in analysis.numbers:
        if number.year or not analysis.words:
            tiers += _number(number)
    if analysis.identifiers:
        for identifier in analysis.identifiers:
            if identifier.kind is IdentifierKind.HS:
                tiers.append(_constant(Term(schema.HS, (identifier.text,)), weights.CLASS))
                continue
            if identifier.kind is IdentifierKind.ORDER:
                tiers.append(_constant(Term(schema.DESIGNATION, (identifier.text,)), weights.EXACT))
                printed = re.sub(r"(\d+)$", r"第\1号", identifier.text)
                tiers.append(_constant(Phrase(schema.CONTENT_ZH, printed), weights.CITED))
                continue
            if identifier.kind is IdentifierKind.TBT and (symbol := symbols.read(identifier.text)):
                tiers.append(_constant(Term(schema.FAMILY, (symbol.base,)), weights.FAMILY))
            tiers.append(_constant(Term(schema.DESIGNATION, (identifier.text,)), weights.EXACT))
            tiers.append(_constant(Words(schema.CODES, identifier.text), weights.EDITION))
            tiers.append(_constant(Phrase(schema.CONTENT_EN, identifier.text), weights.CITED))
            tiers.append(_constant(Phrase(schema.TITLE_EN, identifier.text), weights.FAMILY))
    if analysis.ics:
        tiers.append(_constant(Term(schema.ICS, analysis.ics), weights.CLASS))
    if analysis.ccs:
        tiers.append(_constant(Term(schema.CCS, analysis.ccs), weights.CLASS))
    return tiers


def _designation(typed: Designation) -> list[Clause]:
    typed = replace(typed, all_parts=False)
    undated, family = typed.undated, typed.family
    # Joined, ISO 2859-1 and ISO 28591 are the same.
    number = Term(schema.NUMBER, (_number_with_part(typed),))
    related = (
        number,
        Term(schema.BODY, tuple(sorted(_JOINT)) if typed.body in _JOINT else (typed.body,)),
    )
    tiers: list[Clause] = [
        _constant(Term(schema.DESIGNATION, (typed.joined,)), weights.EXACT),
        _constant(AllOf(must=related), weights.EDITION),
        _constant(Term(schema.FAMILY, (family.joined,)), weights.FAMILY),
        _constant(Term(schema.CITED, (typed.joined, undated.joined)), weights.CITED),
        _constant(Phrase(schema.TITLE_EN, undated.canonical), weights.CITED),
        _constant(Phrase(schema.TITLE_ZH, undated.canonical), weights.CITED),
    ]
    any_edition = AllOf(must=(Term(schema.UNDATED, (undated.joined,)), number))
    tiers.append(_constant(any_edition, weights.EXACT if typed == undated else weights.EDITION))
    if typed.supplements and typed.supplements[-1].year is None:
        # "ISO 9001:2015 Amd 1": the year of the amendment itself is seldom typed.
        dated = (Prefix(schema.DESIGNATION, typed.joined + century) for century in ("19", "20"))
        tiers.append(_constant(AnyOf(tuple(dated)), weights.EXACT))
    if typed.year:
        same_year = Term(schema.YEAR, (typed.year,))
        tiers.append(_constant(AllOf(must=(*related, same_year)), weights.SIBLING_EXACT))
    return tiers


def _number(typed: BareNumber) -> list[Clause]:
    number: Clause = Term(schema.NUMBER, (typed.number,))
    tiers = [_constant(number, weights.NUMBER)]
    if typed.year:
        tiers.append(_constant(AllOf(must=(number, Term(schema.YEAR, (typed.year,)))), weights.EDITION))
    return tiers


def _number_with_part(designation: Designation) -> str:
    """As documents write it: ``2859-1``, ``105-e01``."""
    if not designation.part:
        return designation.number.casefold()
    return f"{designation.number}-{designation.part}".casefold().replace(".", "-")


def _constant(clause: Clause, score: float) -> Clause:
    return Boost(clause, score, constant=True)


def _standing() -> tuple[Clause, ...]:
    """The order inside a tier: in force, main documents, newest. (Words are worth more than any of these.)"""
    newer = (Range(schema.YEAR, year, None) for year in GENERATIONS)
    return (
        _constant(Term(schema.STATUS, ("in_force",)), 2 * weights.TIER_STEP),
        _constant(Term(schema.KIND, MAIN_KINDS), weights.TIER_STEP),
        *(_constant(clause, weights.NEWER) for clause in newer),
    )


# Words


@dataclass(frozen=True, slots=True)
class Group:
    """One thing looked for, under all of its ``names``. ``optional``: it only adds to the score; ``phrase``: its words
    count only next to each other."""

    text: str
    clause: Clause
    names: tuple[str, ...]
    optional: bool = False
    phrase: bool = False


def word_groups(analysis: QueryAnalysis, glossary: Glossary) -> list[Group]:
    """The things that the words of a query name, in order; stop words left out while there is anything else."""
    groups = [Group(phrase, _best(_phrase(phrase)), (phrase,), phrase=True) for phrase in analysis.phrases]
    groups += [_alias_group(alias.text, glossary) for alias in analysis.aliases]
    mixed, words = glossary.take_mixed(analysis.words)
    latin = [word for word in words if not is_chinese(word)]
    chinese = [piece for word in words if is_chinese(word) for piece in glossary.segment(word)]
    english = _runs(latin, glossary)
    if not english and not chinese and not mixed and not groups and not analysis.identified:
        english = [(word, glossary.named(fold(word))) for word in latin]
    groups += [_english_group(text, entry, glossary) for text, entry in english]
    groups += [_chinese_group(entry, glossary) for entry in (*mixed, *chinese)]
    if all(group.optional for group in groups):
        groups = [replace(group, optional=False) for group in groups]
    return groups


def _runs(words: list[str], glossary: Glossary) -> list[tuple[str, Entry]]:
    """The glossary's runs and, between them, each word by itself; stop words only inside a run."""
    known = [(start, end, entry) for start, end, entry in glossary.runs(words)]
    covered = {at for start, end, _entry in known for at in range(start, end)}
    alone = [
        (at, at + 1, Entry(word))
        for at, word in enumerate(words)
        if at not in covered and fold(word) not in glossary.stopwords
    ]
    in_order = sorted([*known, *alone], key=lambda run: run[0])
    return [(" ".join(words[start:end]), entry) for start, end, entry in in_order]


def _alias_group(text: str, glossary: Glossary) -> Group:
    """The name of a standard also where a text has it, and under its other names."""
    names = glossary.entry(text)
    clauses = _phrase(text)
    for rank, name in enumerate(names.english):
        clauses += _english(name, weights.OTHER_LANGUAGE * weights.ALTERNATIVE_STEP**rank)
    for rank, name in enumerate(names.chinese):
        clauses += _chinese(name, weights.OTHER_LANGUAGE * weights.ALTERNATIVE_STEP**rank)
    return Group(text, _best(clauses), (text, *names.english, *names.chinese))


def _english_group(text: str, entry: Entry, glossary: Glossary) -> Group:
    names: list[Clause] = [*_english(text, 1.0)]
    if " " not in text:
        names.append(Boost(Words(schema.TITLE_FR, text), weights.OTHER_LANGUAGE))
        if any(char.isdigit() or char in "-./" for char in text):
            names.append(Words(schema.CODES, text))
            names.append(_constant(Term(schema.NUMBER, (text,)), weights.NUMBER_AMONG_WORDS))
        if bodies := PUBLISHERS.get(fold(text)):
            names.append(_constant(Term(schema.BODY, bodies), weights.PUBLISHER))
    for rank, synonym in enumerate(entry.english):
        names += _english(synonym, weights.SYNONYM * weights.ALTERNATIVE_STEP**rank)
    for rank, term in enumerate(entry.chinese):
        names += _chinese(term, weights.OTHER_LANGUAGE * weights.ALTERNATIVE_STEP**rank)
    found = (text, *entry.english, *entry.chinese)
    return Group(text, _best(names), found, optional=fold(text) in glossary.weak)


def _chinese_group(entry: Entry, glossary: Glossary) -> Group:
    names = _chinese(entry.text, 1.0)
    for rank, term in enumerate(entry.english):
        names += _english(term, weights.OTHER_LANGUAGE * weights.ALTERNATIVE_STEP**rank)
    for rank, term in enumerate(entry.chinese):
        names += _chinese(term, weights.SYNONYM * weights.ALTERNATIVE_STEP**rank)
    return Group(entry.text, _best(names), entry.names, optional=entry.text in glossary.weak)


def _english(text: str, factor: float) -> list[Clause]:
    fields = {
        schema.TITLE_EN: weights.TITLE,
        schema.SUBJECTS_EN: weights.SUBJECT,
        schema.CONTENT_EN: weights.CONTENT,
    }
    return _in_fields(text, fields, factor, several=len(fold(text).split()) > 1)


def _chinese(text: str, factor: float) -> list[Clause]:
    fields = {
        schema.TITLE_ZH: weights.TITLE,
        schema.SUBJECTS_ZH: weights.SUBJECT,
        schema.CONTENT_ZH: weights.CONTENT,
    }
    return _in_fields(text, fields, factor, several=False)


def _in_fields(text: str, fields: dict[schema.Field, float], factor: float, *, several: bool) -> list[Clause]:
    clauses: list[Clause] = []
    for name, worth in fields.items():
        if several:
            clauses.append(Boost(Phrase(name, text), factor * worth))
            clauses.append(Boost(Words(name, text), factor * worth * weights.SCATTERED))
        else:
            clauses.append(Boost(Words(name, text), factor * worth))
    return clauses


def _phrase(text: str) -> list[Clause]:
    """A phrase in quotation marks, as it stands, in whatever field."""
    if is_chinese(text):
        fields = {
            schema.TITLE_ZH: weights.TITLE,
            schema.CONTENT_ZH: weights.CONTENT,
            schema.SUBJECTS_ZH: weights.SUBJECT,
        }
    else:
        fields = {schema.TITLE_EN: weights.TITLE, schema.CONTENT_EN: weights.CONTENT, schema.TITLE_FR: weights.TITLE}
    return [Boost(Phrase(name, text), worth) for name, worth in fields.items()]


def _anywhere(text: str) -> tuple[Clause, ...]:
    """Where a word to leave out may stand: the title, and nothing longer, which would throw out too much."""
    names = (schema.TITLE_ZH,) if is_chinese(text) else (schema.TITLE_EN, schema.TITLE_FR)
    return tuple(Phrase(name, text) for name in names)


def _best(clauses: list[Clause]) -> Clause:
    return AnyOf(tuple(clauses), best=True)


def _words(groups: list[Group], analysis: QueryAnalysis, strictness: Strictness) -> Clause:
    if strictness is not Strictness.ALL:
        groups = [_misspelled(group) for group in groups]
    must = [group.clause for group in groups if not group.optional]
    should: list[Clause] = [Boost(group.clause, weights.OPTIONAL) for group in groups if group.optional]
    should += _whole(analysis)
    if whole := joined(analysis.text)[:MAX_NAME]:
        should.append(_constant(Term(schema.NAMED, (whole,)), weights.NAMED))
    should.append(_constant(Term(schema.STATUS, ("in_force",)), weights.IN_FORCE))
    should.append(_constant(Term(schema.KIND, MAIN_KINDS), weights.MAIN_DOCUMENT))
    if strictness is Strictness.MOST and len(must) > 2:
        less = [AllOf(must=tuple(must[:at] + must[at + 1 :])) for at in range(len(must))]
        return AllOf(must=(AnyOf((AllOf(must=tuple(must)), *less), best=True),), should=tuple(should))
    if strictness in (Strictness.MOST, Strictness.SOME):
        return AllOf(must=(AnyOf(tuple(must)),), should=tuple(should))
    return AllOf(must=tuple(must), should=tuple(should))


def _misspelled(group: Group) -> Group:
    """The group with words of titles that are spelled much like its own, if that is one Latin word."""
    word = fold(group.text)
    if not (word.isascii() and word.isalpha() and len(word) >= MIN_FUZZY):
        return group
    near = Boost(Fuzzy(schema.TITLE_EN, word, 1 if len(word) < LONG_WORD else 2), weights.FUZZY)
    return replace(group, clause=_best([group.clause, near]))


def _whole(analysis: QueryAnalysis) -> list[Clause]:
    """All the words of one language as they were typed, next to each other."""
    phrases: list[Clause] = []
    latin = " ".join(word for word in analysis.words if not is_chinese(word))
    if " " in latin:
        phrases.append(Boost(Phrase(schema.TITLE_EN, latin, slop=1), weights.PHRASE))
    for run in filter(is_chinese, analysis.words):
        phrases.append(Boost(Phrase(schema.TITLE_ZH, run), weights.PHRASE))
    return phrases
