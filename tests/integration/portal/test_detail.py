"""The page of a standard and its siblings."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.provenance.models import Source
from content.standards.models import Body, Standard
from tests.factories import NOW, make_change, make_claim, make_file, make_run, make_source, make_standard, relate

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    """What a reader sees, in one line."""
    html = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def rich() -> Standard:
    """A superseded edition with everything on it."""
    registry, other = make_source("registry"), make_source("other", title_en="Other list", title_zh="另一目录")
    standard = make_standard(
        "GB/T 19001-2008",
        ics=("03.120.10",), ccs=("A00",), title_zh="质量管理体系 要求", title_en="Quality management systems",
        status="superseded", status_since="2017-07-01", published="2008-12-30", effective="2009-03-01",
        withdrawn="2017-07-01", responsible=["全国质量管理和质量保证标准化技术委员会"], drafters=["中国标准化研究院"],
        languages=["zh"], pages=28, scope="适用于各种组织。", url="https://registry.example/19001", edition="3",
    )  # fmt: skip
    old = make_standard("GB/T 19001-2000", status="superseded", published="2000-12-28")
    new = make_standard("GB/T 19001-2016", published="2016-12-30", title_zh="质量管理体系 要求")
    relate(standard, "replaces", old)
    relate(new, "replaces", standard)
    relate(standard, "adopts", "ISO 9001:2008", degree="IDT")
    relate(standard, "references", make_standard("GB/T 19000-2008"))
    make_standard("GB/T 19001-2008/XG1-2010")
    make_claim(standard, registry, values={"title_zh": "质量管理体系 要求", "published": "2008-12-30"})
    make_claim(standard, other, values={"title_zh": "质量管理体系　要求", "published": "2008-12-31"})
    make_change(standard, kind="status", field="status", old="in_force", new="superseded", source=registry)
    make_file(standard)
    return standard


def test_everything_on_record_is_on_the_page(client: Client, rich: Standard) -> None:
    text = text_of(client.get("/en/standards/gb-t-19001-2008/"))
    for shown in (
        "GB/T 19001-2008 Quality management systems", "质量管理体系 要求", "Superseded", "since 2017-07-01",
        "2008-12-30", "2009-03-01", "2017-07-01", "03.120.10 Class 03.120.10", "A00 Class A00",
        "全国质量管理和质量保证标准化技术委员会", "中国标准化研究院", "适用于各种组织。", "28",
        "ISO 9001:2008 not held here IDT identical", "GB/T 19000-2008", "GB/T 19001-2008/XG1-2010",
        "text.pdf", "1.2 KB · 3 pages", "SHA-256 " + "a" * 64, "CC BY 4.0",
        "Sources differ: published", "Registry: 2008-12-30 (shown)", "Other list: 2008-12-31",
    ):  # fmt: skip
        assert shown in text, shown


def test_a_superseded_edition_names_what_is_in_force(client: Client, rich: Standard) -> None:
    page = client.get("/en/standards/gb-t-19001-2000/")
    banner = page.content.decode().split("notice-strong")[1].split("</div>")[0]
    assert 'href="/en/standards/gb-t-19001-2016/"' in banner
    assert "19001-2008" not in banner
    assert [[one.slug for one in row] for row in page.context["detail"].generations] == [
        ["gb-t-19001-2000"], ["gb-t-19001-2008"], ["gb-t-19001-2016"],
    ]  # fmt: skip
    assert "notice-strong" not in client.get("/en/standards/gb-t-19001-2016/").content.decode()


def test_editions_of_one_number_follow_each_other_though_no_source_says_so(client: Client) -> None:
    make_standard("ISO 80000:1999", status="withdrawn")
    make_standard("ISO 80000:2009")
    page = client.get("/en/standards/iso-80000-1999/")
    assert [one.slug for one in page.context["detail"].successors] == ["iso-80000-2009"]


def test_a_corrigendum_is_no_edition(client: Client) -> None:
    first, second = make_standard("ISO 80001:1999", status="superseded"), make_standard("ISO 80001:2009")
    relate(first, "replaced_by", second)
    correction = make_standard("ISO 80001:1999/Cor 1:2001", status="superseded")
    relate(correction, "replaced_by", second)
    detail = client.get("/en/standards/iso-80001-1999/").context["detail"]
    assert [[one.slug for one in row] for row in detail.generations] == [["iso-80001-1999"], ["iso-80001-2009"]]
    assert [one.slug for one in detail.supplements] == [correction.slug]


def test_each_part_is_listed_in_its_current_edition(client: Client) -> None:
    for designation, status in (
        ("ISO 7777-1:2001", "superseded"), ("ISO 7777-1:2011", "in_force"), ("ISO 7777-2:2005", "in_force"),
        ("ISO 7777-10:2005", "withdrawn"),
    ):  # fmt: skip
        make_standard(designation, status=status)
    parts = client.get("/en/standards/iso-7777-2-2005/").context["detail"].parts
    assert {one.designation for one in parts} == {"ISO 7777-1:2011", "ISO 7777-2:2005", "ISO 7777-10:2005"}


def test_large_families_are_cut_and_searched_instead(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("content.standards.detail.MAX_PARTS", 2)
    for part in (1, 2, 3):
        make_standard(f"ISO/TS 7777-{part}:2001")
    page = client.get("/en/standards/iso-ts-7777-1-2001/")
    assert [one.part for one in page.context["detail"].parts] == ["1", "2"]
    text = text_of(page)
    assert "Parts of this standard 3" in text
    assert "The first 2 are listed." in text
    assert 'href="/en/search/?q=ISO/TS%207777"' in page.content.decode().replace("%2F", "/")


def test_the_full_text_is_offered_first(client: Client, rich: Standard) -> None:
    html = client.get("/en/standards/gb-t-19001-2008/").content.decode()
    head = html.split("</header>")[1]
    assert '<a class="button" href="/en/standards/gb-t-19001-2008/files/text.pdf"' in head
    assert "0 downloads" in html
    rich.files.update(access=Standard.Access.RECORD_ONLY)
    assert "Read the full text" not in client.get("/en/standards/gb-t-19001-2008/").content.decode()


def test_when_it_was_last_checked_and_whether_against_a_recording(client: Client, rich: Standard) -> None:
    registry = Source.objects.get(name="registry")
    make_run(registry, backend="live")
    assert "Last checked 2026-01-02 11:04" in text_of(client.get("/en/standards/gb-t-19001-2008/"))
    make_run(registry, backend="recorded", finished_at=NOW + timedelta(days=1))
    text = text_of(client.get("/en/standards/gb-t-19001-2008/"))
    assert "Last checked 2026-01-03 11:04 from the bundled recording" in text


def test_a_stage_is_explained(client: Client) -> None:
    make_standard("ISO 1:2020", stage="90.92")
    make_standard("ISO 2:2020", stage="40.20")
    make_standard("ISO 3:2020", stage="X")
    for number, shown in ((1, "90.92 to be revised"), (2, "40.20 enquiry stage"), (3, "Stage code X ")):
        assert shown in text_of(client.get(f"/en/standards/iso-{number}-2020/"))


def test_a_reference_is_in_the_language_of_the_document(client: Client) -> None:
    standard = make_standard("ISO 9001:2015", title_en="Quality management systems")
    Body.objects.filter(pk="ISO").update(
        name_zh="国际标准化组织", name_en="International Organization for Standardization"
    )
    cited = "International Organization for Standardization. Quality management systems: ISO 9001:2015[S/OL]."
    assert cited in text_of(client.get("/standards/iso-9001-2015/"))
    standard.title_zh = "质量管理体系"
    standard.save()
    assert "国际标准化组织. 质量管理体系: ISO 9001:2015[S/OL]." in text_of(client.get("/standards/iso-9001-2015/"))
    assert cited in text_of(client.get("/en/standards/iso-9001-2015/"))


def test_a_history_without_values_has_no_empty_columns(client: Client) -> None:
    standard = make_standard("ISO 1:2020")
    make_change(standard, kind="created", field="")
    assert ">Before<" not in client.get("/en/standards/iso-1-2020/").content.decode()
    make_change(standard, field="pages", old=1, new=2)
    assert ">Before<" in client.get("/en/standards/iso-1-2020/").content.decode()


def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: Any, rich: Standard
) -> None:
    for year in range(1980, 2000):
        relate(rich, "references", make_standard(f"GB/T 1000{year % 10}-{year}"))
        make_change(rich, old=str(year), new=str(year + 1))
    client.get("/standards/gb-t-19001-2008/")
    with django_assert_max_num_queries(15):
        client.get("/standards/gb-t-19001-2008/")


def test_a_slug_without_year_leads_to_the_edition_in_force(client: Client, rich: Standard) -> None:
    make_standard("GB/T 19001-2030", status="upcoming")
    response = client.get("/en/standards/gb-t-19001/")
    assert (response.status_code, response["Location"]) == (302, "/en/standards/gb-t-19001-2016/")
    assert client.get("/standards/GB-T-19001-2016/")["Location"] == "/standards/gb-t-19001-2016/"


def test_an_unknown_slug_is_searched_for(client: Client) -> None:
    response = client.get("/en/standards/gb-t-12345-1999/")
    assert response.status_code == 404
    assert 'value="GB/T 12345-1999"' in response.content.decode()


def test_a_hidden_record_is_gone_everywhere(client: Client, rich: Standard) -> None:
    rich.hidden_at, rich.hidden_reason = timezone.now(), "Entered twice."
    rich.save()
    page = client.get("/en/standards/gb-t-19001-2008/")
    assert page.status_code == 410
    assert "Entered twice." in page.content.decode()
    assert "质量管理体系 要求" not in page.content.decode()
    for path in (".json", ".bib", ".ris", "/files/text.pdf"):
        assert client.get(f"/standards/gb-t-19001-2008{path}").status_code == 410, path
    assert "gb-t-19001-2008" not in client.get("/standards/gb-t-19000-2008/").content.decode()
    assert 'href="/standards/gb-t-19001-2008/"' not in client.get("/standards/gb-t-19001-2016/").content.decode()


def test_the_same_document_as_json_by_suffix_by_accept_and_in_the_api(client: Client, rich: Standard) -> None:
    by_suffix = client.get("/standards/gb-t-19001-2008.json").json()
    by_accept = client.get("/standards/gb-t-19001-2008/", headers={"Accept": "application/json"})
    assert by_accept.json() == by_suffix
    assert "Accept" in by_accept["Vary"]
    in_api = client.get("/api/v1/standards/gb-t-19001-2008/", headers={"Accept-Language": "zh-hans"}).json()
    assert in_api == by_suffix
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    assert client.get("/standards/gb-t-19001-2008/", headers=browser)["Content-Type"].startswith("text/html")


def test_references_can_be_saved(client: Client, rich: Standard) -> None:
    bib = client.get("/standards/gb-t-19001-2008.bib")
    assert bib["Content-Disposition"] == 'attachment; filename="gb-t-19001-2008.bib"'
    assert bib.content.decode().startswith("@techreport{gb-t-19001-2008,")
    ris = client.get("/en/standards/gb-t-19001-2008.ris")
    assert ris["Content-Type"].startswith("application/x-research-info-systems")
    assert "TI  - Quality management systems\r\n" in ris.content.decode()


def test_references_can_be_copied(client: Client, rich: Standard) -> None:
    html = client.get("/en/standards/gb-t-19001-2008/").content.decode()
    shown = [unescape(text) for text in re.findall(r'(?s)<pre class="citation-text"[^>]*>(.*?)</pre>', html)]
    assert [text[:12] for text in shown] == [
        "全国质量管理和质量保证标",
        "全国质量管理和质量保证标",
        "@techreport{",
        "TY  - STAND\r",
    ]
    assert shown[2] == client.get("/en/standards/gb-t-19001-2008.bib").content.decode()


def test_structured_data_cannot_break_out_of_its_element(client: Client) -> None:
    make_standard("ISO 4242:2020", title_en="</script><script>alert(1)</script> & more")
    response = client.get("/en/standards/iso-4242-2020/")
    html = response.content.decode()
    assert "<script>alert" not in html
    element = re.search(r'<script type="application/ld\+json" nonce="([^"]+)">(.*?)</script>', html)
    assert element is not None
    assert json.loads(element[2])["name"] == "</script><script>alert(1)</script> & more"
    assert f"'nonce-{element[1]}'" in response["Content-Security-Policy"]


def test_languages_of_titles_are_marked(client: Client, rich: Standard) -> None:
    chinese = client.get("/standards/gb-t-19001-2008/").content.decode()
    assert '<html lang="zh-Hans"' in chinese
    assert '<p class="other-title" lang="en">Quality management systems</p>' in chinese
    english = client.get("/en/standards/gb-t-19001-2008/").content.decode()
    assert '<html lang="en"' in english
    assert '<p class="other-title" lang="zh-Hans">质量管理体系 要求</p>' in english
