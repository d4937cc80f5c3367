"""Facets and chips: what narrows a search, how many results each value would leave, and the links that switch it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.labels import fixed, value_labels
from search.params import SearchParams
from search.results import Chip, Facet, FacetValue
from search.selection import Comments

MAX_VALUES = 20
"""Values shown of one facet, besides those selected."""

Counts = tuple[tuple[str, int], ...]
"""(value, count) by falling count, as engines give them."""


def facets(params: SearchParams, counted: dict[str, Counts], conditions: dict[str, int]) -> tuple[Facet, ...]:
    """The facets that have anything to offer, in the order of ``FACET_LABELS``. At most three queries, for names.

    ``conditions``: how many results lie in each of the ranges of ``selection.Comments``, where that was asked.
    """
    if any(conditions.values()):
        asked = [(name, count) for name, count in conditions.items() if count or name == params.comments]
        counted = {**counted, "comments": tuple(asked)}
    labels = fixed("facet", get_language() or "")
    shown = [
        Facet(name, label, _tree(params, counts) if name == "ics" else _flat(name, params, counts))
        for name, label in labels.items()
        if (counts := counted.get(name, ())) or getattr(params, name)
    ]
    return tuple(facet for facet in shown if facet.values)


def chips(params: SearchParams) -> tuple[Chip, ...]:
    """One chip for each filter value and date in force."""
    found: list[Chip] = []
    for name, values in params.filters.items():
        labels = value_labels(name, map(str, values))
        found += [
            Chip(name, str(value), labels[str(value)], params.query(**{name: _without(values, value)}))
            for value in values
        ]
    if params.published_from:
        label = _("published from %(day)s") % {"day": params.published_from.isoformat()}
        found.append(Chip("from", params.published_from.isoformat(), label, params.query(published_from=None)))
    if params.published_to:
        label = _("published until %(day)s") % {"day": params.published_to.isoformat()}
        found.append(Chip("to", params.published_to.isoformat(), label, params.query(published_to=None)))
    if params.comments:
        label = value_labels("comments", (params.comments,))[params.comments]
        found.append(Chip("comments", params.comments, label, params.query(comments=None)))
    if params.on:
        label = _("in force on %(day)s") % {"day": params.on.isoformat()}
        found.append(Chip("on", params.on.isoformat(), label, params.query(on=None)))
    return tuple(found)


def _flat(name: str, params: SearchParams, counts: Counts) -> tuple[FacetValue, ...]:
    selected = {str(value): value for value in _values(params, name)}
    shown = [*counts[:MAX_VALUES], *(pair for pair in counts[MAX_VALUES:] if pair[0] in selected)]
    shown += [(value, 0) for value in selected if value not in dict(counts)]
    if name == "year":
        shown.sort(key=lambda pair: pair[0], reverse=True)
    labels = value_labels(name, (value for value, _count in shown))
    return tuple(
        FacetValue(value, labels[value], count, value in selected, partial(_toggle, params, name, value))
        for value, count in shown
    )


def _values(params: SearchParams, name: str) -> tuple[str | int, ...]:
    """What is selected of a facet; of one that takes a single value, that."""
    value = getattr(params, name)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _toggle(params: SearchParams, name: str, value: str) -> str:
    if name == "comments":
        return params.query(comments=None if params.comments == value else Comments(value))
    typed: str | int = int(value) if name == "year" else value
    values: tuple[str | int, ...] = getattr(params, name)
    return params.query(**{name: _without(values, typed) if typed in values else (*values, typed)})


def _without(values: Iterable[str | int], value: str | int) -> tuple[str | int, ...]:
    return tuple(each for each in values if each != value)


# ICS, level by level: fields, and below a field that is open its groups, and so on.


def _tree(params: SearchParams, counts: Counts) -> tuple[FacetValue, ...]:
    selected = params.ics
    count_of = dict(counts)
    open_codes = {code for one in selected for code in (*_wider(one), one)}
    codes = [code for code in count_of if "." not in code or (open_codes and _parent(code) in open_codes)]
    for code in sorted(open_codes):
        if code not in codes:
            codes.append(code)
    labels = value_labels("ics", codes)
    below: dict[str, list[str]] = {}
    for code in sorted(codes, key=lambda each: (-count_of.get(each, 0), each)):
        below.setdefault(_parent(code), []).append(code)

    def value(code: str) -> FacetValue:
        return FacetValue(
            code,
            labels[code],
            count_of.get(code, 0),
            code in selected,
            lambda: params.query(ics=_switched(selected, code)),
            tuple(map(value, below.get(code, ()))),
        )

    fields = [code for code in codes if "." not in code]
    kept = fields[:MAX_VALUES] + [code for code in fields[MAX_VALUES:] if code in open_codes]
    return tuple(map(value, kept))


def _switched(selected: tuple[str, ...], code: str) -> tuple[str, ...]:
    """A class takes the place of the wider and narrower ones of its branch; taken off, its wider class stays."""
    if code in selected:
        rest = tuple(one for one in selected if one != code)
        parent = _parent(code)
        return (*rest, parent) if parent and parent not in rest else rest
    branch = {one for one in selected if one in _wider(code) or code in _wider(one)}
    return (*(one for one in selected if one not in branch), code)


def _wider(code: str) -> tuple[str, ...]:
    """Wider classes, the widest first: ``03.120.10`` → ``03``, ``03.120``."""
    parts = code.split(".")
    return tuple(".".join(parts[:length]) for length in range(1, len(parts)))


def _parent(code: str) -> str:
    return code.rpartition(".")[0]
