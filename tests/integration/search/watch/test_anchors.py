"""No search that finds a record is left out: its anchors are in all that it finds."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlencode

import pytest

from content.standards.models import Standard
from content.tbt.models import Notification
from search.documents import record_key
from search.outbox import drain
from search.synonyms.live import glossary
from search.watch.anchors import candidates, needs, renew
from search.watch.matching import hits
from search.watch.models import SavedSearch, SearchAnchor
from tests.factories import make_standard
from tests.integration.content.tbt.samples import LAMPS, TOYS, load

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=toys", ["toy"]),
        ("q=plastic+lamps", ["plastic", "lamp"]),
        ("q=玩具", ["玩具"]),
        ("q=质量管理体系", ["质量"]),
        ("q=GB/T+19001", []),
        ("q=80-05-7", []),
        ("type=tbt&member=EU", []),
        ("q=of+the", []),
        ("q=iso", []),
        ("q=304", []),
        ("q=x&year=never", []),
    ],
)
def test_needs(query: str, found: list[str]) -> None:
    held = needs(query, glossary())
    assert len(held) == len(found)
    for one, token in zip(held, found, strict=True):
        assert token in one


def test_every_name_of_a_thing_has_one() -> None:
    """轮胎 also finds tyres."""
    assert {"轮胎", "tyre"} <= needs("q=轮胎", glossary())[0]


QUERIES = (
    *("toys", "toy", "玩具", "safety toys", "draft regulation", "chemical requirements", "European Commission"),
    *("灯", "灯具", "照明产品", "节能", "管理体系", "质量管理体系 要求", "quality management", "qualité"),
    *('"quality management"', "requirements -toys", "TBT 通报", "欧盟", "轮胎", "tyres", "QMS", "pvc-u"),
    *("水", "PVC 管", "儿童 play"),
)


def test_whatever_a_search_finds_it_would_have_been_asked_about() -> None:
    make_standard("GB/T 19001-2016", title_zh="质量管理体系 要求", title_en="Quality management systems — Requirements")
    make_standard("NF X50-131:2000", title_zh="", title_en="", title_fr="Qualité — Exigences")
    make_standard("GB 9743-2015", title_zh="轿车轮胎", title_en="Passenger car tyres")
    make_standard(
        "GB/T 10002.1-2006", title_zh="给水用硬聚氯乙烯(PVC-U)管材", title_en="Pipes of PVC-U for water supply"
    )
    load(TOYS, LAMPS)
    drain()
    for query in QUERIES:
        SavedSearch.objects.create(query=urlencode({"q": query}))
    assert renew() == len(QUERIES)
    changed: dict[str, list[int]] = {
        "standard": [*Standard.objects.values_list("pk", flat=True)],
        "tbt": [*Notification.objects.values_list("pk", flat=True)],
    }
    every = tuple(record_key(kind, pk) for kind, ids in changed.items() for pk in ids)
    asked: dict[str, set[str]] = defaultdict(set)
    for query, records in candidates(changed):
        asked[query] |= {record_key(*record) for record in records}
    found = {query: set(hits(query, every)) for query in (urlencode({"q": one}) for one in QUERIES)}
    assert sum(map(len, found.values())) > 20
    for query, keys in found.items():
        assert keys <= asked[query], query


def test_only_those_that_may_find_it_are_asked() -> None:
    load(LAMPS)
    for query in ("q=toys", "q=灯具", "q=GB/T+1.1"):
        SavedSearch.objects.create(query=query)
    renew()
    one = Notification.objects.get()
    asked = dict(candidates({"tbt": [one.pk]}))
    assert asked == dict.fromkeys(("q=灯具", "q=GB/T+1.1"), {("tbt", one.pk)})


def test_a_rule_of_staff_anchors_them_anew() -> None:
    from search.models import SynonymRule

    SavedSearch.objects.create(query="q=toys")
    assert renew() == 1
    assert renew() == 0
    SynonymRule.objects.create(kind="equivalent", terms="toys\nplaythings")
    assert renew() == 1
    assert {"toy", "playth"} <= set(SearchAnchor.objects.values_list("token", flat=True))
