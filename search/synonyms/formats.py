"""Rules as files: CSV, which holds all of a rule, and the synonym format of Solr and Elasticsearch, which holds words.

Reading never fails half-way: what cannot be read is named by its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.synonyms.effective import direct_names
from search.synonyms.rules import Kind, Rule

COLUMNS = ("kind", "terms", "targets", "note", "enabled")
MAX_LINES = 5_000
_SEPARATOR = "|"
_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would run instead of show; such a cell gets an apostrophe, which reading takes off."""
_ON, _OFF = ("1", "yes", "true", "on", "是"), ("0", "no", "false", "off", "否")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no rule."""

    line: int
    message: str | Promise


Line = tuple[int, Rule]
"""Number of the line, from 1, and its rule."""


# CSV


def to_csv(rules: Iterable[Rule]) -> str:
    """A table with a header; terms of one cell are separated by ``|``."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for rule in rules:
        terms, targets = _SEPARATOR.join(rule.terms), _SEPARATOR.join(rule.targets)
        cells = (rule.kind.value, terms, targets, rule.note, "yes" if rule.enabled else "no")
        table.writerow([f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell for cell in cells])
    return out.getvalue()


def from_csv(text: str) -> tuple[list[Line], list[Unreadable]]:
    """Read what ``to_csv`` writes. Columns may stand in any order; ``note`` and ``enabled`` may be missing."""
    table = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    rules: list[Line] = []
    wrong: list[Unreadable] = []
    try:
        header = [cell.strip().lower() for cell in next(table, [])]
        if not {"kind", "terms", "targets"} <= set(header) <= set(COLUMNS):
            return [], [Unreadable(1, _("The first line must name the columns kind, terms, targets, note, enabled."))]
        for row in table:
            if not any(row):
                continue
            if table.line_num > MAX_LINES:
                return [], [Unreadable(table.line_num, _("The file is too long."))]
            read = _row(dict(zip(header, row, strict=False)))
            if isinstance(read, Rule):
                rules.append((table.line_num, read))
            else:
                wrong.append(Unreadable(table.line_num, read))
    except csv.Error:
        wrong.append(Unreadable(table.line_num, _("This is not CSV.")))
    return rules, wrong


def _row(cells: dict[str, str]) -> Rule | Promise:
    cells = {name: cell.strip().removeprefix("'") for name, cell in cells.items()}
    if cells.get("kind", "").lower() not in Kind._value2member_map_:
        return _("The kind is one of equivalent, one_way, translation, alias, blocked.")
    enabled = cells.get("enabled", "").lower() or "yes"
    if enabled not in (*_ON, *_OFF):
        return _("Enabled is yes or no.")
    terms, targets = (_parts(cells.get(name, "").split(_SEPARATOR)) for name in ("terms", "targets"))
    return Rule(Kind(cells["kind"].lower()), terms, targets, cells.get("note", ""), enabled in _ON)


def _parts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, (text.strip() for text in texts)))


# Solr


def to_solr(rules: Iterable[Rule]) -> str:
    """One rule a line. A blocked rule has no form there, one that is switched off no effect: both become comments."""
    return "".join(f"{line}\n" for rule in rules for line in _solr_lines(rule))


def _solr_lines(rule: Rule) -> Iterator[str]:
    if rule.note:
        yield f"# {' '.join(rule.note.split())}"
    if rule.kind is Kind.BLOCKED or not rule.enabled:
        yield f"# {rule.kind}: {' '.join(str(rule).split())}"
    elif rule.kind is Kind.EQUIVALENT:
        yield solr_list(rule.terms)
    elif rule.kind is Kind.ALIAS:
        yield from (f"{solr_term(term)} => {solr_list((term, *rule.targets))}" for term in rule.terms)
    else:
        yield from (f"{solr_term(term)} => {solr_list((term, *names))}" for term, names in direct_names(rule))


def solr_list(terms: Iterable[str]) -> str:
    """Terms of one side of a line."""
    return ", ".join(map(solr_term, terms))


def solr_term(term: str) -> str:
    """One term, with what has a meaning there escaped."""
    escaped = re.sub(r"([\\,]|=>)", r"\\\1", term)
    return f"\\{escaped}" if escaped.startswith("#") else escaped


def from_solr(text: str) -> tuple[list[Line], list[Unreadable]]:
    """``a, b`` are equal; ``a, b => c`` one way. A term on both sides of ``=>`` is found anyway and left out."""
    rules: list[Line] = []
    wrong: list[Unreadable] = []
    lines = text.lstrip("\ufeff").splitlines()
    if len(lines) > MAX_LINES:
        return [], [Unreadable(MAX_LINES, _("The file is too long."))]
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        sides = _unescaped(line.strip())
        if len(sides) > 2 or not all(sides):
            wrong.append(Unreadable(number, _("A line is “a, b” or “a, b => c”.")))
        elif len(sides) == 1:
            rules.append((number, Rule(Kind.EQUIVALENT, sides[0])))
        else:
            rules += ((number, rule) for rule in _mappings(*sides))
    return rules, wrong


def _mappings(terms: tuple[str, ...], targets: tuple[str, ...]) -> Iterator[Rule]:
    """One rule for terms that find the same others."""
    by_targets: dict[tuple[str, ...], list[str]] = {}
    for term in terms:
        others = tuple(target for target in targets if target.casefold() != term.casefold())
        by_targets.setdefault(others, []).append(term)
    for others, alike in by_targets.items():
        if others:
            yield Rule(Kind.ONE_WAY, tuple(alike), others)


def _unescaped(line: str) -> list[tuple[str, ...]]:
    """The sides of a line, each as its terms."""
    sides: list[list[str]] = [[""]]
    at = 0
    while at < len(line):
        if line.startswith("\\", at):
            sides[-1][-1] += "=>" if line.startswith("=>", at + 1) else line[at + 1 : at + 2]
            at += 3 if line.startswith("=>", at + 1) else 2
        elif line.startswith("=>", at):
            sides.append([""])
            at += 2
        else:
            if line[at] == ",":
                sides[-1].append("")
            else:
                sides[-1][-1] += line[at]
            at += 1
    return [_parts(side) for side in sides]


def read(text: str, name: str = "") -> tuple[Sequence[Line], Sequence[Unreadable]]:
    """A file of either format, told by its name or its first line."""
    first = text.lstrip("\ufeff").lstrip().partition("\n")[0].lower()
    is_csv = name.lower().endswith(".csv") or {"kind", "terms"} <= {cell.strip('" \r') for cell in first.split(",")}
    return from_csv(text) if is_csv else from_solr(text)


def decoded(data: bytes) -> str:
    """Text of a file: UTF-8, or as spreadsheets in China save it. Raises UnicodeDecodeError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")
