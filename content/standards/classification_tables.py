"""The bundled tables of the two classifications, brought into the database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from content.standards.models import CcsClass, IcsClass
from content.standards.models.classification import Classification

DATA = Path(__file__).parent / "data"


def load_classifications() -> int:
    """Bring ICS and CCS classes to what the tables say (``data/NOTICE``); codes that only sources use stay.

    Cheap enough for every start: two statements a table. Returns the number of classes in the tables.
    """
    with transaction.atomic():
        return _write(IcsClass, _ics()) + _write(CcsClass, _ccs())


def _write(model: type[Classification], rows: Iterator[Classification]) -> int:
    found = sorted(rows, key=lambda row: (row.level, row.code))  # parents first
    model._default_manager.bulk_create(
        found,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title_zh", "title_en", "level", "parent"],
    )
    return len(found)


def _ics() -> Iterator[IcsClass]:
    for row in _rows("ics.csv"):
        parent, _dot, _rest = row["code"].rpartition(".")
        yield IcsClass(
            code=row["code"],
            title_en=row["title_en"],
            title_zh=row["title_zh"],
            level=row["code"].count(".") + 1,
            parent_id=parent or None,
        )


def _ccs() -> Iterator[CcsClass]:
    for row in _rows("ccs.csv"):
        yield CcsClass(
            code=row["code"], title_zh=row["title_zh"], level=int(row["level"]), parent_id=row["parent"] or None
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
