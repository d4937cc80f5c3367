"""``manage.py evaluate_search [FILE]``: the judged queries against the present index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import evaluation
from search.evaluation import DEPTH, Scored
from search.params import parse
from search.results import Result
from search.service import search


class Command(BaseCommand):
    help = "Score the search with judged queries and show the worst ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=evaluation.JUDGEMENTS, help="judged queries")
        parser.add_argument("--worst", type=int, default=10, help="how many of the worst queries to show")
        parser.add_argument("--json", action="store_true", help="every query with its score, for programs")

    def handle(self, *args: Any, file: Path, worst: int, **options: Any) -> None:
        report = evaluation.evaluate(evaluation.load(file), _designations, _addresses)
        groups = {
            "known": report.known,
            "tuned": report.tuned,
            "held_out": report.held_out,
            "records": report.records,
        }
        if options["json"]:
            self.stdout.write(json.dumps({name: [_plain(one) for one in group] for name, group in groups.items()}))
            return
        self.stdout.write(f"{'':10}{'queries':>8}{'nDCG@10':>9}{'MRR':>7}{'first':>8}")
        for name, group in groups.items():
            figures = evaluation.ndcg(group), evaluation.mrr(group), evaluation.first(group)
            self.stdout.write(f"{name:10}{len(group):8}{figures[0]:9.3f}{figures[1]:7.3f}{figures[2]:8.1%}")
        self._show_worst([*report.known, *report.tuned, *report.records], worst)

    def _show_worst(self, scored: Sequence[Scored], worst: int) -> None:
        for one in sorted(scored, key=lambda one: one.ndcg)[:worst]:
            if one.ndcg < 1:
                self.stdout.write(f"{one.ndcg:.2f}  {one.query}: {', '.join(one.found[:5]) or '-'}")


def _designations(query: str) -> list[str]:
    return [result.designation for result in _results(query, type=["standard"])]


def _addresses(query: str) -> list[str]:
    return [result.url for result in _results(query)]


def _results(query: str, **filters: list[str]) -> Sequence[Result]:
    page = search(parse({"q": [query], **filters}))
    if page.failure:
        raise CommandError(f"The search failed: {page.failure}")
    return page.results[:DEPTH]


def _plain(one: Scored) -> dict[str, Any]:
    return {"query": one.query, "ndcg": one.ndcg, "rank": one.rank, "found": one.found}
