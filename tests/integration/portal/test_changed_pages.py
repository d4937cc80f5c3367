"""Which addresses a change touches."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Page

from content.provenance import hiding
from content.provenance.signals import records_changed
from content.reach import store
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import Substance
from content.regulations.store import upsert as upsert_regulations
from content.standards.models import Standard
from portal import changed_pages
from portal.changed_pages import MAX_RECORDS, pages_of_standards
from portal.purging import purger
from tests.factories import make_source, make_standard, relate
from tests.integration.content.regulations import samples
from tests.integration.content.tbt import samples as notifications

pytestmark = pytest.mark.django_db


@pytest.fixture
def purged(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    settings.PURGE_URLS = ["http://127.0.0.1:9"]
    addresses: list[str] = []
    monkeypatch.setattr(purger, "purge", addresses.extend)
    return addresses


def test_a_record_and_everything_that_names_it() -> None:
    old, new = make_standard("ISO 9001:2008"), make_standard("ISO 9001:2015")
    cites = make_standard("GB/T 19001-2016")
    relate(cites, "adopts", new)
    relate(new, "references", make_standard("ISO 9000:2015"))
    other = make_standard("ISO 1:2020")
    found = set(pages_of_standards([new.pk]))
    for edition in ("", "/en"):
        assert {
            f"{edition}/",
            f"{edition}/changes/",
            f"{edition}/feeds/changes.atom",
            f"{edition}/standards/",
            f"{edition}/standards/iso-9001-2015/",
            f"{edition}/standards/iso-9001-2015.json",
            f"{edition}/standards/iso-9001-2015.bib",
            f"{edition}/standards/iso-9001/",
            f"{edition}/standards/iso-9001-2008/",
            f"{edition}/standards/gb-t-19001-2016/",
            f"{edition}/standards/iso-9000-2015/",
            f"{edition}/standards/bodies/GB/T/",
        } <= found
    assert old.slug in "".join(found)
    assert other.slug not in "".join(found)


def test_a_crawl_leaves_single_pages_to_their_short_life() -> None:
    ids = [make_standard(f"ISO {number}:2020").pk for number in range(1, MAX_RECORDS + 2)]
    assert set(pages_of_standards(ids)) == {
        f"{edition}{page}"
        for edition in ("", "/en")
        for page in ("/", "/changes/", "/feeds/changes.atom", "/standards/")
    }


def test_it_costs_two_queries(django_assert_num_queries: Any) -> None:
    ids = [make_standard(f"ISO {number}:2020").pk for number in range(1, 10)]
    with django_assert_num_queries(2):
        list(pages_of_standards(ids))


def test_only_what_is_committed_is_purged(purged: list[str], django_capture_on_commit_callbacks: Any) -> None:
    standard = make_standard("ISO 1:2020")
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        hiding.hide(standard, "standard", "asked for", User.objects.create(username="editor"))
        assert purged == []
    assert len(callbacks) == 1
    assert "/standards/iso-1-2020/" in purged
    purged.clear()
    with pytest.raises(RuntimeError), transaction.atomic():
        records_changed.send(Standard, record_type="standard", ids=[standard.pk], removed=False)
        raise RuntimeError
    assert purged == []


def test_a_failure_does_not_reach_who_changed_it(
    settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PURGE_URLS = ["http://127.0.0.1:9"]

    def fail(_ids: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(changed_pages, "pages_of_standards", fail)
    with django_capture_on_commit_callbacks() as callbacks:
        records_changed.send(Standard, record_type="standard", ids=[1], removed=False)
    assert len(callbacks) == 1


def test_without_a_front_nothing_is_asked(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        records_changed.send(Standard, record_type="standard", ids=[1], removed=False)
    assert callbacks == []


def test_a_page_of_the_site_takes_its_parents_along(
    purged: list[str], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(Page, "get_url_parts", lambda self, *_: (1, "http://portal.example", f"/{self.slug}/"))
    section = Page.objects.get(depth=2).add_child(instance=Page(title="Section", slug="section"))
    article = section.add_child(instance=Page(title="Article", slug="article"))
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert {"/article/", "/section/", "/", "/en/"} <= set(purged)


def test_a_substance_and_the_groups_that_name_it() -> None:
    group = SubstanceItem(name="Bisphenol AF and its salts")
    member = SubstanceItem(name="Bisphenol AF", cas=("1478-61-1",))
    item = EntryItem(
        key="x",
        url="https://echa.europa.eu/",
        list_name="candidate",
        substance=group,
        members=(member,),
        included="2026",
    )
    store.upsert([item], source=make_source("echa_candidate"))
    one = Substance.objects.get(slug="cas-1478-61-1")
    found = set(changed_pages.pages_of_substances([one.pk]))
    slug = Substance.objects.get(name=group.name).slug
    assert {"/reach/", "/en/reach/check/", "/reach/substances/cas-1478-61-1/", f"/en/reach/substances/{slug}/"} <= found


def test_a_law_with_its_versions_and_all_that_it_names(
    purged: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    make_standard("GB 3552-2018")
    source = make_source("flk")
    upsert_regulations([samples.RULE, samples.GONE], source=source)
    purged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        upsert_regulations([samples.OLD, samples.NEW], source=source)
    page = samples.PAGE
    rule = samples.act("船舶污染防治条例").get_absolute_url()
    for edition in ("", "/en"):
        assert {
            f"{edition}/regulations/",
            f"{edition}/feeds/regulations.atom",
            f"{edition}{page}",
            f"{edition}{page[:-1]}.json",
            f"{edition}{page}compare/",
            f"{edition}{page}versions/2017-11-04/",
            f"{edition}{page}versions/1982-08-23.json",
            f"{edition}{rule}",
            f"{edition}/standards/gb-3552-2018/",
        } <= set(purged)
    assert samples.act("旧船舶条例").slug not in "".join(purged)


def test_a_notification_with_its_thread(purged: list[str], django_capture_on_commit_callbacks: Any) -> None:
    notifications.load(notifications.TOYS)
    purged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        notifications.load(notifications.LONGER)
    slug = notifications.SLUG
    for edition in ("", "/en"):
        assert {
            f"{edition}/tbt/",
            f"{edition}/tbt/products/",
            f"{edition}/feeds/tbt.atom",
            f"{edition}/feeds/tbt.ics",
            f"{edition}/tbt/{slug}/",
            f"{edition}/tbt/{slug}.ics",
            f"{edition}/tbt/{slug}-add-1.json",
        } <= set(purged)
