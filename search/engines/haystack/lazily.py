"""Results whose stored fields are read when one of them is asked for.

Whoever shows the objects themselves needs none, and reading them costs ten times the search.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from haystack.models import SearchResult

from search.engines.base import Document


class LazyResult(SearchResult):
    """``values`` gives the stored fields of this result; those of all results of an answer are read at once."""

    def __init__(
        self, app_label: str, model_name: str, pk: str, score: float, values: Callable[[], Document], **known: Any
    ) -> None:
        super().__init__(app_label, model_name, pk, score, **known)
        self._values: Callable[[], Document] | None = values

    def __getattr__(self, attr: str) -> Any:
        """None for what a result does not have, as Haystack's results do."""
        if attr.startswith("__"):
            raise AttributeError(attr)
        if not attr.startswith("_"):
            self._read()
        return self.__dict__.get(attr)

    def get_additional_fields(self) -> dict[str, Any]:
        self._read()
        return dict(super().get_additional_fields())

    def __getstate__(self) -> dict[str, Any]:
        self._read()
        return dict(super().__getstate__())

    def _read(self) -> None:
        values = self.__dict__.get("_values")
        if values is None:
            return
        self._values = None
        for name, value in values().items():
            if name not in self.__dict__:
                self.__dict__[name] = value
                self._additional_fields.append(name)
