"""The validity check as a reader uses it: text or file in, verdicts out, a report that can be verified."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from pdfminer.high_level import extract_text

from content.sheets.pieces import of_text
from search.checking import reports
from search.checking.verdicts import Verdict
from search.models import CheckReport
from tests.factories import make_standard, relate
from tests.integration.search.checking import files
from tests.unit.content.sheets.test_sheets import BOMB, changed

pytestmark = pytest.mark.django_db

FORM = "/standards/check/"
QUALITY = "Quality management systems - Requirements"


@pytest.fixture(autouse=True)
def _records() -> None:
    oldest = make_standard("ISO 9001:2000", status="withdrawn", published="2000-12", title_en=QUALITY)
    old = make_standard("ISO 9001:2008", status="withdrawn", published="2008-11", withdrawn="2015-09", title_en=QUALITY)
    new = make_standard("ISO 9001:2015", status="in_force", published="2015-09-15", title_en=QUALITY)
    relate(old, "replaces", oldest)
    relate(old, "replaced_by", new)
    first = make_standard("GB/T 1.1-2009", status="superseded", published="2009-06-17", title_zh="标准化工作导则")
    make_standard("GB/T 1.1-2020", status="in_force", published="2020-03-31", title_zh="标准化工作导则")
    named = make_standard("GB/T 20001.1-2001", status="superseded", published="2001-01")
    other = make_standard("GB/T 30001-2019", status="in_force", published="2019-01")
    relate(other, "replaces", named)
    assert first.slug


def posted(client: Client, **values: Any) -> Any:
    return client.post(FORM, values, follow=True)


def verdicts(response: Any) -> dict[str, tuple[str, list[str]]]:
    return {
        line.row.written: (line.verdict, [one.designation for one, _title in line.current])
        for line in response.context["lines"]
    }


def test_a_list_is_judged_line_by_line(client: Client) -> None:
    text = (
        "ISO 9001:2000\nISO 9001\nGB/T 1.1-2009\nGB/T 20001.1-2001\nGB 1.1-2020\nISO 99999\nISO 9001:2015 Food safety"
    )
    response = posted(client, text=text)
    assert verdicts(response) == {
        "ISO 9001:2000": ("superseded", ["ISO 9001:2015"]),
        "ISO 9001": ("current", ["ISO 9001:2015"]),
        "GB/T 1.1-2009": ("superseded", ["GB/T 1.1-2020"]),
        "GB/T 20001.1-2001": ("superseded", ["GB/T 30001-2019"]),
        "GB 1.1-2020": ("ambiguous", []),
        "ISO 99999": ("not_held", []),
        "ISO 9001:2015": ("title_mismatch", ["ISO 9001:2015"]),
    }
    assert [line.places for line in response.context["lines"]][:2] == ["第 1 行", "第 2 行"]


def test_one_verdict_alone(client: Client) -> None:
    response = posted(client, text="ISO 9001:2008, ISO 9001:2015")
    address = response.redirect_chain[-1][0]
    only = client.get(address, {"verdict": "current"})
    assert list(verdicts(only)) == ["ISO 9001:2015"]
    assert len(verdicts(client.get(address, {"verdict": "nonsense"}))) == 2


def test_on_a_day(client: Client) -> None:
    response = posted(client, text="ISO 9001:2008 ISO 9001:2015", on="2010-05-01")
    assert verdicts(response)["ISO 9001:2008"][0] == "current"
    assert verdicts(response)["ISO 9001:2015"][0] == "upcoming"
    assert response.context["report"].on.isoformat() == "2010-05-01"


def test_on_a_day_the_edition_to_use_is_that_of_the_day(client: Client) -> None:
    response = posted(client, text="ISO 9001\nISO 9001:2000\nISO 9001:2005\nISO 9001:2015\nGB/T 1.1", on="2012-05-01")
    assert verdicts(response) == {
        "ISO 9001": ("current", ["ISO 9001:2008"]),
        "ISO 9001:2000": ("superseded", ["ISO 9001:2008"]),
        "ISO 9001:2005": ("superseded", ["ISO 9001:2008"]),
        "ISO 9001:2015": ("upcoming", ["ISO 9001:2008"]),
        "GB/T 1.1": ("current", ["GB/T 1.1-2009"]),
    }


def test_a_long_merged_table_in_a_document(client: Client) -> None:
    made = docx.Document()
    table = made.add_table(rows=1_200, cols=2)
    first = table._tbl.tr_lst
    for at, row in enumerate(first):
        row.tc_lst[0].vMerge = "continue" if at else "restart"
    first[-1].tc_lst[1].p_lst[0].add_r().text = "ISO 9001:2008"
    target = io.BytesIO()
    made.save(target)
    response = posted(client, file=SimpleUploadedFile("a.docx", target.getvalue()))
    assert [line.places for line in response.context["lines"]] == ["表 1，单元格 B1200"]


@pytest.mark.parametrize(
    ("name", "data", "places"),
    [
        ("a.docx", files.document(), {"GB/T 1.1-2009": "第 1 段", "ISO 9001:2008": "第 3 段", "ISO 9001:2015": "表 1"}),
        ("a.xlsx", files.sheet(), {"ISO 9001:2008": "清单!B2"}),
        ("a.pdf", files.report("nothing here", "tested to ISO 9001:2008"), {"ISO 9001:2008": "第 2 页"}),
        ("a.csv", "标准,名称\nGB/T 1.1-2009,标准化工作导则".encode("gb18030"), {"GB/T 1.1-2009": "A2"}),
        ("a.txt", b"\nISO 9001:2008", {"ISO 9001:2008": "第 2 行"}),
    ],
)
def test_files_of_every_kind(client: Client, name: str, data: bytes, places: dict[str, str]) -> None:
    response = posted(client, file=SimpleUploadedFile(name, data))
    assert response.status_code == 200
    found = {line.row.written: line.places for line in response.context["lines"]}
    assert places.keys() <= found.keys()
    assert all(found[written].startswith(place) for written, place in places.items())
    assert response.context["report"].name == name


def test_a_title_in_a_table_that_differs(client: Client) -> None:
    response = posted(client, file=SimpleUploadedFile("a.docx", files.document()))
    assert verdicts(response)["ISO 9001:2015"][0] == "title_mismatch"
    assert "Food microbiology of meat" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b"   ", "空"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
        (files.report("ISO 9001:2008", password="secret"), "密码"),
        (files.report(""), "图片"),
        (b"%PDF-1.7 nothing of the kind", "损坏"),
        (changed(files.document(), "word/document.xml", lambda old: BOMB + old), "过大"),
        (changed(files.sheet(), "xl/sharedStrings.xml", lambda old: BOMB + old), "过大"),
        (changed(files.document(), "word/media/a.xml", lambda _old: bytes(60_000_000)), "过大"),
        (files.document()[:-300], "损坏"),
        (b"no standard is named here", "未找到"),
    ],
)
def test_what_cannot_be_checked_says_why(client: Client, data: bytes, said: str) -> None:
    response = client.post(FORM, {"file": SimpleUploadedFile("upload.bin", data)})
    assert response.status_code == 422
    problem = str(response.context["problem"])
    assert said in problem
    assert not CheckReport.objects.exists()


def test_a_hundred_megabytes_are_refused_unread(client: Client) -> None:
    def read(*_args: object) -> bytes:
        raise AssertionError("the body was read")

    for path in (FORM, "/api/v1/standards/check/file"):
        environ = RequestFactory(HTTP_HOST="localhost").post(path).environ
        environ |= {"CONTENT_LENGTH": "104857600", "wsgi.input": SimpleNamespace(read=read, readline=read)}
        status: list[str] = []
        WSGIHandler()(environ, lambda line, _headers, status=status: status.append(line)).close()
        assert status[0].startswith("413")


@pytest.mark.parametrize(
    "values", [{}, {"text": " "}, {"text": "ISO 9001", "on": "yesterday"}, {"text": "x" * 500_001}, {"text": "a\x00b"}]
)
def test_a_form_filled_in_wrongly_keeps_what_was_typed(client: Client, values: dict[str, str]) -> None:
    response = client.post(FORM, values)
    assert response.status_code == 422
    assert response.context["problem"]
    assert values.get("text", "")[:20].strip().replace("\x00", "") in response.content.decode().replace("\x00", "")


def test_a_forged_form_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, {"text": "ISO 9001"}).status_code == 403


class TestReport:
    def address(self, client: Client, text: str = "ISO 9001:2008\n=1+1 GB/T 1.1-2009") -> str:
        return str(posted(client, text=text).redirect_chain[-1][0])

    def test_it_says_the_same_as_xlsx(self, client: Client) -> None:
        response = client.get(self.address(client).rstrip("/") + ".xlsx")
        assert response["Content-Disposition"].startswith("attachment")
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        findings, about = book.worksheets
        rows = list(findings.iter_rows(values_only=True))
        assert rows[1][1] == "ISO 9001:2008"
        assert rows[1][3:5] == ("被代替", "ISO 9001:2015")
        assert len(rows) == 3
        number = re.search(r"[0-9a-f]{64}", response.request["PATH_INFO"])
        assert number and number[0] in [row[1] for row in about.iter_rows(values_only=True)]

    def test_it_says_the_same_as_pdf(self, client: Client) -> None:
        address = self.address(client)
        response = client.get(address.rstrip("/") + ".pdf")
        assert response["Content-Type"] == "application/pdf"
        text = extract_text(io.BytesIO(response.content))
        assert "ISO 9001:2015" in text
        assert "被代替" in text
        assert address.split("/")[-2] in text

    def test_a_long_report_has_all_its_rows(self, client: Client) -> None:
        text = "\n".join(f"ISO {number}:2001 {'很长的名称' * 25}" for number in range(20_000, 20_120))
        address = self.address(client, text)
        printed = extract_text(io.BytesIO(client.get(address.rstrip("/") + ".pdf").content))
        assert all(f"ISO {number}:2001" in printed for number in range(20_000, 20_120))

    def test_its_number_verifies_it(self, client: Client) -> None:
        address = self.address(client)
        number = address.split("/")[-2]
        response = client.get(f"{FORM}verify/", {"number": f" {number[:32]} {number[32:].upper()} "})
        assert response.status_code == 302
        assert response["Location"].endswith(address)

    @pytest.mark.parametrize("number", ["0" * 64, "abc", "<b>", "\x00", "😀" * 100])
    def test_another_number_does_not(self, client: Client, number: str) -> None:
        response = client.get(f"{FORM}verify/", {"number": number})
        assert response.status_code == 404
        assert "<b>" not in response.content.decode().split("<main", 1)[1].split('value="')[0]

    def test_a_report_that_was_changed_is_none(self, client: Client) -> None:
        address = self.address(client)
        kept = CheckReport.objects.get()
        kept.rows[0]["verdict"] = Verdict.CURRENT.value
        kept.save()
        assert client.get(address).status_code == 404

    def test_it_is_let_go_in_time(self, client: Client) -> None:
        address = self.address(client)
        kept = CheckReport.objects.get()
        CheckReport.objects.update(made_at=kept.made_at - reports.KEPT)
        assert client.get(address).status_code == 404
        self.address(client, "ISO 9001")
        assert not CheckReport.objects.filter(number=kept.number).exists()

    def test_nothing_of_the_text_is_kept(self, client: Client) -> None:
        self.address(client, "Secret customer, price 100: ISO 9001:2008")
        assert "Secret" not in str(CheckReport.objects.values())

    def test_search_engines_stay_out(self, client: Client) -> None:
        assert 'content="noindex"' in client.get(self.address(client)).content.decode()


class TestApi:
    def post(self, client: Client, body: Any) -> Any:
        return client.post("/api/v1/standards/check", body, content_type="application/json")

    def test_text(self, client: Client) -> None:
        answer = self.post(client, {"text": "ISO 9001:2008\nISO 9001:2008", "on": None}).json()
        (one,) = answer["results"]
        assert (one["verdict"], one["count"]) == ("superseded", 2)
        assert [place["at"] for place in one["places"]] == ["1", "2"]
        assert one["current"][0]["url"] == "/standards/iso-9001-2015/"
        assert answer["counts"]["superseded"] == 1
        assert not CheckReport.objects.exists()

    def test_list(self, client: Client) -> None:
        entries = ["ISO 9001:2015 Food safety\nof meat", "none", "GB/T 1.1-2009"]
        answer = self.post(client, {"text": entries, "on": "2026-01-31"}).json()
        first, second = answer["results"]
        assert (first["verdict"], first["title"]) == ("title_mismatch", "Food safety of meat")
        assert [place["at"] for place in second["places"]] == ["3"]

    def test_file(self, client: Client) -> None:
        response = client.post("/api/v1/standards/check/file", {"file": SimpleUploadedFile("a.xlsx", files.sheet())})
        assert response.json()["results"][0]["places"] == [{"unit": "cell", "at": "B2", "within": "清单"}]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"text": 1},
            {"text": "ISO 9001", "on": "x"},
            {"text": "nothing"},
            [],
            {"text": []},
            {"text": [1]},
            {"text": ["x" * 1_001]},
            {"text": ["ISO 1"] * 5_001},
        ],
    )
    def test_what_cannot_be_checked(self, client: Client, body: Any) -> None:
        response = self.post(client, body)
        assert response.status_code == 422
        assert response["Content-Type"].startswith("application/problem+json")

    def test_a_file_that_cannot_be_read(self, client: Client) -> None:
        response = client.post("/api/v1/standards/check/file", {"file": SimpleUploadedFile("a.pdf", b"\x00\x01")})
        assert (response.status_code, response.json()["code"]) == (422, "file_unknown_type")


def test_queries_do_not_grow(django_assert_max_num_queries: Any) -> None:
    def text(many: int) -> str:
        return "\n".join(f"ISO {number}:2001" for number in range(30_000, 30_000 + many)) + "\nISO 9001:2000"

    with django_assert_max_num_queries(12):
        assert len(reports.check(of_text(text(10))).rows) == 11
    with django_assert_max_num_queries(12):
        assert len(reports.check(of_text(text(30))).rows) == 31


def test_the_number_is_the_hash_of_what_is_said() -> None:
    report = reports.check(of_text("ISO 9001:2008"))
    number = reports.keep(report)
    assert len(number) == 64
    assert reports.keep(report) == number
    again = reports.find(number)
    assert again is not None
    assert [row.written for row in again.rows] == ["ISO 9001:2008"]


def test_a_report_that_hides_that_it_was_cut_is_none() -> None:
    number = reports.keep(reports.check(of_text("ISO 9001:2008")))
    CheckReport.objects.update(cut=True)
    assert reports.find(number) is None
