"""The measures, against values worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from pydantic import ValidationError

from search.evaluation import dcg, evaluate, load, mrr, ndcg, score

FILE = """
known:
  - {q: "iso 1", is: "ISO 1:2022"}
topics:
  - {q: "length", want: {"ISO 1:2022": 3, "ISO 2:1973": 1}}
  - {q: "lengths", want: {"ISO 1:2022": 3}, held_out: true}
"""


def test_gain_falls_with_the_place() -> None:
    assert dcg([3, 0, 1]) == pytest.approx(7 / 1 + 1 / 2)
    assert dcg([]) == 0


def test_a_perfect_order_scores_one_and_a_swapped_one_less() -> None:
    want = {"a": 3, "b": 1}
    assert score("q", want, ["a", "b", "c"]).ndcg == pytest.approx(1)
    swapped = score("q", want, ["b", "a"])
    assert swapped.ndcg == pytest.approx((1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3)))
    assert swapped.rank == 2


def test_what_comes_after_the_tenth_place_does_not_count() -> None:
    late = score("q", {"a": 3}, [*"bcdefghijk", "a"])
    assert (late.ndcg, late.rank) == (0, 0)


def test_a_file_is_evaluated_in_three_groups(tmp_path: Path) -> None:
    path = tmp_path / "queries.yml"
    path.write_text(FILE)
    report = evaluate(
        load(path),
        lambda query: ["ISO 2:1973", "ISO 1:2022"] if query == "length" else ["ISO 1:2022"],
        lambda query: [f"/{query}/"],
    )
    assert mrr(report.known) == 1
    assert mrr(report.tuned) == 0.5
    assert ndcg(report.held_out) == 1


def test_a_misspelled_key_in_the_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "queries.yml"
    path.write_text(FILE.replace("held_out", "heldout"))
    with pytest.raises(ValidationError):
        load(path)
