from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.pdf.blocks import Line, RawBlock
from crawlers.pdf.records import OutlineEntry, PdfProblem, Problem
from crawlers.pdf.wire import HEADER_BYTES, Finish, RawPage, WireError, decode, finish_message, page_message


def test_messages_come_back_as_they_were() -> None:
    problem = PdfProblem(Problem.TIMEOUT, "took long", 3)
    block = RawBlock(90, True, 500.0, [Line(1.0, 2.0, 3.0, 4.0, 10.5, "a\tb"), Line(1.0, 0.0, 3.0, 1.0, 9.0, "中")])
    page = RawPage(3, 595.0, 842.0, 90, 12, 1, 0.5, [block], problem)
    assert decode(page_message(page)[HEADER_BYTES:]) == page
    finish = Finish(7, "Title", (OutlineEntry(1, "Scope", 2), OutlineEntry(2, "?", None)), (problem,))
    assert decode(finish_message(finish)[HEADER_BYTES:]) == finish


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b'{"page":[1,2],"blocks":[],"problem":null}', b'{"finish":[1,"t"]}',
        b'{"page":[1,2,3,0,0,0,0],"blocks":[[45,false,0,[[0,0,0,0,1,"x"]]]],"problem":null}',
        b'{"page":[1,2,3,0,0,0,0],"blocks":[[0,false,0,[]]],"problem":null}',
        b'{"page":[1,2,3,0,0,0,0],"blocks":[[0,false,0,[[0,0,0,0,1,""]]]],"problem":null}',
        b'{"page":[1,2,3,0,0,0,0],"blocks":[[0,false,0,[[0,0,0,0,0,"x"]]]],"problem":null}',
        b'{"page":[1,2,3,0,0,0,0],"blocks":[],"problem":["no-such-code","",null]}',
    ],
)  # fmt: skip
def test_nonsense_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        decode(body)


@given(st.binary(max_size=300))
def test_no_bytes_do_worse(body: bytes) -> None:
    with contextlib.suppress(WireError):
        decode(body)
