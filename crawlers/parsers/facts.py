"""Bundled facts: what was read from recorded pages whose own text must not be passed on.

One JSON object a line: ``{"recorded": "2026-04-22", "item": {…}}``; ``item`` is an item of the source's subject with
the address of the page that states it, ``recorded`` the day that page was recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from content.standards.items import StandardItem
from crawlers.documents import Document
from crawlers.errors import StructureChanged

MEDIA_TYPE = "application/x-ndjson"

Model = TypeVar("Model", bound=BaseModel)


def parse_facts(document: Document) -> Iterator[StandardItem]:
    """The standards of a bundle."""
    return parse_facts_as(StandardItem, document)


def parse_facts_as(model: type[Model], document: Document) -> Iterator[Model]:
    """The items of a bundle. It is ours, so anything wrong with it is StructureChanged, never one rejected record."""
    for number, line in enumerate(document.lines(), 1):
        try:
            yield model.model_validate(json.loads(line)["item"])
        except (ValueError, KeyError, TypeError, ValidationError) as problem:
            raise StructureChanged(f"{document.url}: line {number}: {problem}") from problem
