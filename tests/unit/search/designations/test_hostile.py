"""Long and malicious input costs time in proportion to its length, whatever it repeats."""

from __future__ import annotations

import time

import pytest

from search.designations import MAX_LENGTH, DesignationError, find, parse, split_list

BOMBS = {
    "publishers": "ISO/",
    "parts": "-1",
    "dots": ".1",
    "additions": "+A1",
    "spaces": " ",
    "weights": "GB/T ",
    "lists": "GB 1、1111",
    "ranges": "GB/T 1.1～1.60",
    "drafts": "draft-a",
    "revisions": "NIST SP 800-53 rev",
    "annexes": "ITU-T G.1 Annex A ",
    "layers": "BS EN ISO ",
    "years": "ISO 2015:2015",
    "brackets": "(《",
    "marks": "\u202e",
    "cyrillic": "ГОСТ Р ИСО ",
    "sheets": "/XG1",
    "versions": "ETSI EN 300 328 V1.1.1 ",
    "letters": "A",
    "digits": "1",
}


def seconds(text: str) -> float:
    """Processor time at its best of several goes: what else the machine does only ever adds."""
    best = float("inf")
    for _ in range(4):
        started = time.process_time()
        find(text)
        split_list(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("prefix", ["", "ISO 1", "GB/T 1", "EN 71"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_time_is_linear(bomb: str, prefix: str) -> None:
    piece = BOMBS[bomb]
    short = prefix + piece * (10_000 // len(piece))
    long = prefix + piece * (80_000 // len(piece))
    seconds(short)  # the caches are warm for both
    assert seconds(long) < 24 * max(seconds(short), 0.002)


@pytest.mark.parametrize("bomb", BOMBS)
def test_parse_refuses_what_is_longer_than_its_limit(bomb: str) -> None:
    for length in (MAX_LENGTH + 1, 1_000_000):
        with pytest.raises(DesignationError) as refused:
            parse((BOMBS[bomb] * length)[:length])
        assert refused.value.code == "too-long"
