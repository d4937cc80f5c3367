"""The recorded corpus and the bundle of facts, through the store to the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from content.provenance.models import RejectedItem, Run
from content.regulations import store
from content.regulations.items import RegulationItem
from content.regulations.models import Provision, Regulation, Version
from crawlers import bundle, config
from crawlers.catalogue import sync_source
from crawlers.documents import Document
from crawlers.parsers import facts
from tests.integration.content.regulations.samples import NOTE_2023, TEXT_2023, act, text_of

pytestmark = pytest.mark.django_db

SAMPLE = 40


def load_bundle() -> None:
    recording = next(iter(bundle.recordings("flk").values()))
    folder = bundle.folder("flk")

    def unpacked() -> bytes:
        import lzma

        return lzma.decompress((folder / recording.file).read_bytes())

    items = list(facts.parse_facts_as(RegulationItem, Document.of(recording.url, unpacked())))
    store.upsert(items, source=sync_source(config.load("flk")))


def test_the_bundle_makes_pages_without_texts_that_say_so(client: Client) -> None:
    load_bundle()
    assert (Regulation.objects.count(), Version.objects.filter(has_text=True).count()) == (444, 0)
    assert set(Regulation.objects.values_list("validity", flat=True)) == {"in_force", "repealed"}
    for one in Regulation.objects.order_by("slug")[:: 444 // SAMPLE]:
        page = client.get(one.get_absolute_url())
        assert page.status_code == 200, one.slug
        said = page.content.decode()
        assert "本站未收录此版本的文本" in said
        assert "https://flk.npc.gov.cn/" in said
    # Repealed by the regulation that took its place, as that one's closing article says.
    gone = Regulation.objects.get(match="化妆品卫生监督条例")
    assert (gone.validity, gone.expired) == ("repealed", "2021-01-01")


def test_the_corpus_makes_pages_with_every_article(client: Client, recorded: Path) -> None:
    load_bundle()
    call_command("load_laws", recorded / "laws")
    run = Run.objects.get()
    assert (run.state, run.backend, run.items, run.created, run.rejected) == ("succeeded", "folder", 457, 0, 0)
    # One text of the corpus is empty: 汕头经济特区突发公共卫生事件应急条例.
    assert Version.objects.filter(has_text=True).count() == 456
    assert Provision.objects.filter(kind="article").count() == 21_268
    for one in Regulation.objects.order_by("slug")[:: 444 // SAMPLE]:
        said = client.get(one.get_absolute_url()).content.decode()
        version = one.versions.get(date=one.amended)
        anchors = list(version.provisions.values_list("anchor", flat=True))
        assert [anchor for anchor in anchors if f'id="{anchor}"' not in said] == []
        ids = re.findall(r' id="([^"]+)"', said)
        assert len(set(ids)) == len(ids), one.slug
    sea = act()
    assert [version.date for version in sea.versions.filter(has_text=True)] == ["2023-10-24", "2017-11-04"]
    assert "第一百二十四条" in client.get(sea.get_absolute_url()).content.decode()
    compared = client.get(f"{sea.get_absolute_url()}compare/").content.decode()
    assert "2017-11-04" in compared
    call_command("load_laws", recorded / "laws")
    assert Run.objects.latest("pk").unchanged == 457


def test_a_folder_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "行政法").mkdir()
    good = text_of("中华人民共和国海洋环境保护法", NOTE_2023, TEXT_2023)
    (tmp_path / "行政法" / "海洋环境保护法(2023-10-24).md").write_bytes(good)
    (tmp_path / "行政法" / "坏.md").write_bytes(b"no heading")
    (tmp_path / "_index.md").write_text("---\n---")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "gone.md")
    call_command("load_laws", tmp_path)
    assert "items 1, created 1" in capsys.readouterr().out
    assert (RejectedItem.objects.get().reason, act().articles) == ("missing_value", 5)


@pytest.mark.parametrize("empty", [True, False])
def test_a_folder_without_texts_is_told(tmp_path: Path, empty: bool) -> None:
    with pytest.raises(CommandError):
        call_command("load_laws", tmp_path if empty else tmp_path / "nowhere")


def test_a_run_that_breaks_does_not_stay_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "upsert", fail)
    with pytest.raises(KeyboardInterrupt):
        call_command("load_laws", tmp_path)
    assert Run.objects.get().state == Run.State.INTERRUPTED
