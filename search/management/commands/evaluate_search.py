"""``manage.py evaluate_search``: the judged queries against the index as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content.standards.models import Standard
from search.analysis import analyse
from search.asking import ask
from search.designations import try_parse
from search.documents import record_key
from search.engines import get_engine
from search.engines.errors import EngineError
from search.evaluation import DEPTH, Catalogue, Entry, Score, evaluate, evaluate_known, load_judged, mean
from search.glossary import bundled
from search.plan import Selection


class Command(BaseCommand):
    help = "Search the judged queries and print nDCG@10, the reciprocal rank of known items, and the worst queries."

    def add_arguments(self, parser: CommandParser) -> None:
        default = Path("tests") / "relevance"
        parser.add_argument("--queries", type=Path, default=default, help="folder of queries.yml and known_items.yml")
        parser.add_argument("--worst", type=int, default=15, help="how many of the worst queries to print (default 15)")

    def handle(self, *args: Any, queries: Path, worst: int, **options: Any) -> None:
        try:
            judged, known = load_judged(queries)
        except OSError as error:
            raise CommandError(f"{queries}: {error.strerror}") from error
        catalogue = Catalogue(_entries())
        try:
            scores = evaluate(judged, catalogue, _search)
            ranks = evaluate_known(known, catalogue, _search)
        except EngineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{'':10} {'queries':>8} {'nDCG@10':>8} {'zh':>8} {'en':>8} {'known':>8} {'MRR':>8}")
        for split in ("tuned", "held_out"):
            own = [score for score in scores if score.split == split]
            items = [score for score in ranks if score.split == split]
            figures = (mean(own), mean(own, language="zh"), mean(own, language="en"))
            ndcgs = " ".join(f"{figure:8.3f}" for figure in figures)
            self.stdout.write(f"{split:10} {len(own):8} {ndcgs} {len(items):8} {mean(items):8.3f}")
        self._worst("nDCG@10", scores, worst)
        self._worst("known items not first", [score for score in ranks if score.value < 1], worst)

    def _worst(self, heading: str, scores: list[Score], number: int) -> None:
        self.stdout.write(f"\n{heading}")
        for score in sorted(scores, key=lambda each: each.value)[:number]:
            self.stdout.write(f"{score.value:8.3f}  {score.split:9} {score.query}")


def _entries() -> list[Entry]:
    columns = ("pk", "designation", "status", "kind", "published")
    return [
        Entry(record_key("standard", pk), designation, *rest)
        for pk, text, *rest in Standard.objects.public().values_list(*columns).iterator()
        if (designation := try_parse(text))
    ]


def _search(query: str) -> list[str]:
    answer, _strictness = ask(get_engine(), Selection(size=DEPTH), analyse(query), bundled())
    return [hit.key for hit in answer.hits]
