"""Records by bucket: what lets an index of millions be compared with the database in constant memory.

Both sides count the records of each bucket and add up the lower halves of their checksums; only the records of buckets
that differ are then compared one by one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import TypeAlias

BUCKETS = 4096
"""At ten million records one holds 2,400."""
CHECKSUM_BITS = 32
"""Elasticsearch adds up in floating point, which is exact only below 2^53."""

Sums: TypeAlias = dict[int, tuple[int, int]]
"""Bucket → number of records, sum of their checksums' lower bits."""


def bucket_of(key: str) -> int:
    """0..BUCKETS − 1, the same in every process."""
    return zlib.crc32(key.encode()) % BUCKETS


def low(checksum: int) -> int:
    """The part of a checksum that is added up."""
    return checksum & ((1 << CHECKSUM_BITS) - 1)


def add_up(checksums: Iterable[tuple[str, int]]) -> Sums:
    """The sums of records given as (key, checksum)."""
    sums: Sums = {}
    for key, checksum in checksums:
        bucket = bucket_of(key)
        count, total = sums.get(bucket, (0, 0))
        sums[bucket] = count + 1, total + low(checksum)
    return sums


def differing(first: Sums, second: Sums) -> frozenset[int]:
    """Buckets that are not the same on both sides."""
    return frozenset(bucket for bucket in first.keys() | second.keys() if first.get(bucket) != second.get(bucket))
