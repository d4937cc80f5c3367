"""What a spider hands to the pipeline: never single records, since a transaction per record is slow."""

from __future__ import annotations

from dataclasses import dataclass, field

from content.provenance.intake import CrawledItem
from content.standards.items import FileItem
from crawlers.documents import Rejected
from crawlers.responses import SpooledResponse


@dataclass(slots=True)
class Batch:
    """Records of one document."""

    snapshot_id: int
    items: list[CrawledItem] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.items) + len(self.rejected)


@dataclass(frozen=True, slots=True)
class Covered:
    """A document that has not changed: that many records are as they were."""

    records: int


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file of the record that the source knows by ``key``."""

    key: str
    item: FileItem
    response: SpooledResponse
