"""Which rules are sound, and what to tell the editor about those that are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.analysis import TOKEN, analyse, clean, is_chinese
from search.designations import try_parse
from search.glossary import Glossary, fold
from search.synonyms.aliases import key_of
from search.synonyms.effective import direct_names, places_of
from search.synonyms.rules import MAX_LENGTH, MAX_NAMES, MAX_TERMS, MAX_TOTAL, TARGETED, Kind, Rule

MAX_WORDS = 8
"""Words of a term."""
MAX_DESIGNATIONS = 10
"""Standards that one name may stand for."""
_SIGNS = frozenset('|"“”「」『』')
"""What queries and files give a meaning of its own."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``about`` is ``terms``, ``targets`` or, where it is about the rule as a whole, empty."""

    about: str
    message: str | Promise
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.message) % self.params


def tidy(rule: Rule) -> Rule:
    """The rule with its terms cleaned as queries are, and designations written as they should be."""
    terms, targets = (tuple(filter(None, map(clean, given))) for given in (rule.terms, rule.targets))
    if rule.kind is Kind.ALIAS:
        targets = tuple(meant.canonical if (meant := try_parse(target)) else target for target in targets)
    return Rule(rule.kind, terms, targets, clean(rule.note), rule.enabled, rule.number)


def problems(rule: Rule, others: Iterable[Rule], bundled: Glossary) -> list[Problem]:
    """What is wrong with a tidy rule, beside all ``others``; empty for a sound one."""
    found = [*_amounts(rule), *_each_term(rule, bundled)]
    if not found:
        found = [*_repeated(rule, bundled), *_blocked(rule, bundled)]
    if not found:
        rest = [other for other in others if not rule.number or other.number != rule.number]
        found = [*_held_already(rule, rest, bundled), *_too_many(rule, rest, bundled)]
    return found


def _amounts(rule: Rule) -> Iterator[Problem]:
    least = 2 if rule.kind is Kind.EQUIVALENT else 1
    if len(rule.terms) < least:
        yield Problem("terms", _("At least two terms.") if least == 2 else _("At least one term."))
    if rule.kind in TARGETED and not rule.targets:
        yield Problem("targets", _("This kind of rule needs them."))
    if rule.kind is Kind.EQUIVALENT and rule.targets:
        yield Problem("targets", _("Equal terms all stand in the first field; leave this one empty."))
    most = MAX_DESIGNATIONS if rule.kind is Kind.ALIAS else MAX_TERMS
    if len(rule.terms) > MAX_TERMS:
        yield Problem("terms", _("At most %(most)d."), {"most": MAX_TERMS})
    if len(rule.targets) > most:
        yield Problem("targets", _("At most %(most)d."), {"most": most})


def _each_term(rule: Rule, bundled: Glossary) -> Iterator[Problem]:
    for name, terms in (("terms", rule.terms), ("targets", rule.targets)):
        for term in terms:
            message = _shape(term)
            if not message and rule.kind is Kind.ALIAS:
                message = _alias(term) if name == "terms" else _designation(term)
            elif not message and rule.kind is not Kind.BLOCKED:
                message = _words(term, bundled)
            if not message and rule.kind is Kind.TRANSLATION:
                message = _script(term, chinese=name == "terms")
            if message:
                yield Problem(name, message, {"term": term, "most": MAX_LENGTH, "words": MAX_WORDS})


def _shape(term: str) -> str | Promise:
    if len(term) > MAX_LENGTH:
        return _("“%(term)s” is longer than %(most)d characters.")
    if _SIGNS & set(term) or term.startswith("-"):
        return _("“%(term)s” has a sign that means something else: quotation marks, |, or - at the beginning.")
    if len(TOKEN.findall(term)) > MAX_WORDS:
        return _("“%(term)s” has more than %(words)d words.")
    return ""


def _words(term: str, bundled: Glossary) -> str | Promise:
    """A term must be what the search takes for words when it is typed."""
    read = analyse(term)
    if read.designations:
        return _("“%(term)s” is read as a designation. For names of standards there is a kind of rule of its own.")
    if not read.words:
        return _("“%(term)s” is read as a number or a class, or has no letter; it is never searched for as a word.")
    if len("".join(read.words)) < 2 and not is_chinese(term):
        return _("“%(term)s” is too short.")
    if all(fold(word) in bundled.stopwords or word in bundled.chinese_stopwords for word in read.words):
        return _("“%(term)s” is left out of queries, since it says nothing of a subject.")
    return ""


def _script(term: str, *, chinese: bool) -> str | Promise:
    if chinese and not is_chinese(term):
        return _("“%(term)s” is not Chinese. A translation has its Chinese terms in the first field.")
    if not chinese and is_chinese(term):
        return _("“%(term)s” is Chinese. A translation has its English terms in the second field.")
    return ""


def _alias(term: str) -> str | Promise:
    if try_parse(term):
        return _("“%(term)s” is a designation itself.")
    if len("".join(key_of(term))) < 2 or term.isdecimal():
        return _("“%(term)s” is too short, or no name: it would be found in too many queries.")
    return ""


def _designation(term: str) -> str | Promise:
    return "" if try_parse(term) else _("“%(term)s” is not a designation that we can read.")


def _repeated(rule: Rule, bundled: Glossary) -> Iterator[Problem]:
    for name, terms in (("terms", rule.terms), ("targets", rule.targets)):
        counts = Counter(_key(rule, term, bundled) for term in terms)
        again = next((term for term in reversed(terms) if counts[_key(rule, term, bundled)] > 1), "")
        if again:
            yield Problem(name, _("“%(term)s” is there more than once."), {"term": again})
    if rule.kind is Kind.ONE_WAY:
        keys = {_key(rule, target, bundled) for target in rule.targets}
        for term in rule.terms:
            if _key(rule, term, bundled) in keys:
                yield Problem("targets", _("“%(term)s” would find itself, which it does anyway."), {"term": term})


def _key(rule: Rule, term: str, bundled: Glossary) -> Hashable:
    if rule.kind is Kind.ALIAS:
        return key_of(term)
    return places_of(term, bundled.stopwords)[-1] if TOKEN.search(term) else fold(term)


def _blocked(rule: Rule, bundled: Glossary) -> Iterator[Problem]:
    """Only what is bundled can be blocked: what staff added, they take away."""
    if rule.kind is not Kind.BLOCKED:
        return
    names: set[str] = set()
    for term in rule.terms:
        found = bundled_names(term, bundled)
        if not found:
            yield Problem("terms", _("“%(term)s” has no bundled name to block."), {"term": term})
        names.update(map(fold, found))
    for target in rule.targets:
        if fold(target) not in names:
            yield Problem("targets", _("“%(term)s” is no bundled name of these terms."), {"term": target})


def bundled_names(term: str, bundled: Glossary) -> tuple[str, ...]:
    """The other names that the bundled glossary has of a term."""
    if not TOKEN.search(term):
        return ()
    for place in places_of(term, bundled.stopwords):
        held: dict[Any, Any] = {"chinese": bundled.chinese, "english": bundled.english, "mixed": bundled.mixed}
        if entry := held[place.script].get(place.key):
            return (*entry.english, *entry.chinese)
    return ()


def _held_already(rule: Rule, others: Sequence[Rule], bundled: Glossary) -> Iterator[Problem]:
    said = dict(_statements(rule, bundled))
    for other in others:
        if other.kind is rule.kind:
            again = next((text for key, text in _statements(other, bundled) if key in said), "")
            if again:
                yield Problem(
                    "", _("“%(term)s” is in the rule “%(rule)s” already."), {"term": again, "rule": str(other)}
                )


def _statements(rule: Rule, bundled: Glossary) -> Iterator[tuple[Hashable, str]]:
    """What a rule says, taken apart, each with the term that it is said of."""
    if rule.kind is Kind.ALIAS:
        yield from ((key_of(term), term) for term in rule.terms)
    elif rule.kind is Kind.BLOCKED:
        for term in rule.terms:
            yield from (((_key(rule, term, bundled), fold(target)), term) for target in rule.targets or ("",))
    else:
        for term, names in direct_names(rule):
            yield from (((_key(rule, term, bundled), _key(rule, name, bundled)), term) for name in names)


def _too_many(rule: Rule, others: Sequence[Rule], bundled: Glossary) -> Iterator[Problem]:
    rules = [one for one in (rule, *others) if one.enabled]
    total = sum(len(one.terms) + len(one.targets) * (one.kind is Kind.TRANSLATION) for one in rules)
    if total > MAX_TOTAL:
        yield Problem("", _("All rules together may have %(most)d terms."), {"most": MAX_TOTAL})
    mine = {_key(rule, term, bundled): term for term, _names in direct_names(rule)}
    counts: Counter[tuple[Hashable, bool]] = Counter()
    for one in rules:
        if one.kind in (Kind.ALIAS, Kind.BLOCKED):
            continue
        for term, names in direct_names(one):
            if (key := _key(one, term, bundled)) in mine:
                counts.update((key, is_chinese(name)) for name in names)
    for (key, _chinese), count in counts.items():
        if count > MAX_NAMES:
            yield Problem(
                "",
                _("“%(term)s” would have %(count)d names in one language, of which only %(most)d are searched for."),
                {"term": mine[key], "count": count, "most": MAX_NAMES},
            )
