"""A query in words, for logs and people, in the manner of Haystack's other backends: ``(title:(qual*) AND (steel))``.

No engine is asked with it: what is asked is the clause beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.encoding import force_str
from haystack.backends import BaseSearchQuery
from haystack.inputs import Clean, Exact, Not, PythonData, Raw

from search.clauses import Clause, Everything

_FORMS = {
    "content": "%s",
    "contains": "*%s*",
    "endswith": "*%s",
    "startswith": "%s*",
    "fuzzy": "%s~",
    "exact": "%s",
    "gt": "{%s TO *}",
    "gte": "[%s TO *]",
    "lt": "{* TO %s}",
    "lte": "[* TO %s]",
}
_BY_WORD = ("content", "contains", "startswith", "endswith", "fuzzy")


class Worded(str):
    """A query in words together with the clause that the engine is asked."""

    clause: Clause = Everything()

    @classmethod
    def of(cls, words: str, clause: Clause) -> Worded:
        made = cls(words)
        made.clause = clause
        return made


def worded(query: BaseSearchQuery, name: str, lookup: str, value: Any) -> str:
    """One condition; ``name`` is the field of the index, or empty for the content."""
    if not hasattr(value, "input_type_name"):
        if hasattr(value, "values_list"):
            value = list(value)
        value = Clean(value) if isinstance(value, str) else PythonData(value)
    prepared = value.prepare(query)
    if value.post_process is False or isinstance(value, Not):
        text = force_str(prepared)
    elif lookup in _BY_WORD:
        text = _by_word(prepared, lookup, exact=value.input_type_name == "exact")
    elif lookup == "in":
        text = _in(_several(prepared))
    elif lookup == "range":
        text = "[{}]".format(" TO ".join(f'"{value}"' for value in _several(prepared)))
    else:
        exact = prepared if value.input_type_name == "exact" else Exact(_plain(prepared)).prepare(query)
        text = _FORMS[lookup] % exact
    if text and not isinstance(value, Raw) and not text.startswith("(") and not text.endswith(")"):
        text = f"({text})"
    return f"{name}:{text}" if name else text


def _by_word(prepared: Any, lookup: str, *, exact: bool) -> str:
    if exact:
        return force_str(prepared)
    words = prepared.split(" ") if isinstance(prepared, str) else [_plain(prepared)]
    texts = [_FORMS[lookup] % word for word in words]
    return texts[0] if len(texts) == 1 else f"({' AND '.join(texts)})"


def _several(prepared: Any) -> list[str]:
    """Values that are a list, or ought to be."""
    several = isinstance(prepared, Iterable) and not isinstance(prepared, str)
    return [_plain(each) for each in (prepared if several else [prepared])]


def _in(values: list[str]) -> str:
    quoted = " OR ".join(f'"{value}"' for value in values)
    return f"({quoted})" if quoted else "(!*:*)"


def _plain(value: Any) -> str:
    """Days with their midnight, as times."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()) if hasattr(value, "hour") else f"{value.isoformat()}T00:00:00"
    return force_str(value)
