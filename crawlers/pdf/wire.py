"""Messages between the parent and the child: four bytes of length, then JSON.

The child is not trusted once it has read a file: every field is checked when a message is taken apart.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

import orjson

from crawlers.pdf.blocks import Line, RawBlock
from crawlers.pdf.records import Limits, OutlineEntry, PdfProblem, Problem

HEADER_BYTES = 4


class WireError(ValueError):
    """A message that the other side cannot have meant."""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as the child saw it; sizes in points, `images` the share (0 to 1) of the page that images cover."""

    number: int
    width: float
    height: float
    rotation: int
    glyphs: int
    lost: int
    images: float
    blocks: list[RawBlock]
    problem: PdfProblem | None


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of a file."""

    declared_pages: int
    title: str
    outline: tuple[OutlineEntry, ...]
    problems: tuple[PdfProblem, ...]


def encode(message: dict[str, Any]) -> bytes:
    body = orjson.dumps(message)
    return len(body).to_bytes(HEADER_BYTES, "big") + body


def read_request(stream: BinaryIO) -> tuple[str, Limits] | None:
    """The next (path, limits), or None at the end."""
    header = stream.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        return None
    message = orjson.loads(stream.read(int.from_bytes(header, "big")))
    return message["path"], Limits(**message["limits"])


def request(path: str, limits: Limits) -> bytes:
    return encode({"path": path, "limits": asdict(limits)})


def page_message(page: RawPage) -> bytes:
    return encode(
        {
            "page": [page.number, page.width, page.height, page.rotation, page.glyphs, page.lost, page.images],
            "blocks": [
                [b.direction, b.table, b.far, [[ln.x0, ln.y0, ln.x1, ln.y1, ln.size, ln.text] for ln in b.lines]]
                for b in page.blocks
            ],
            "problem": _problem_fields(page.problem),
        }
    )


def finish_message(finish: Finish) -> bytes:
    return encode(
        {
            "finish": [finish.declared_pages, finish.title],
            "outline": [[entry.level, entry.title, entry.page] for entry in finish.outline],
            "problems": [_problem_fields(problem) for problem in finish.problems],
        }
    )


def decode(body: bytes) -> RawPage | Finish:
    """Take a message of the child apart. Raises WireError."""
    try:
        message = orjson.loads(body)
        if "finish" in message:
            declared, title = message["finish"]
            outline = tuple(
                OutlineEntry(int(lv), str(t), None if p is None else int(p)) for lv, t, p in message["outline"]
            )
            problems = tuple(p for p in map(_problem, message["problems"]) if p is not None)
            return Finish(int(declared), str(title), outline, problems)
        number, width, height, rotation, glyphs, lost, images = message["page"]
        return RawPage(
            int(number), float(width), float(height), int(rotation), int(glyphs), int(lost), float(images),
            [_block(fields) for fields in message["blocks"]],
            _problem(message["problem"]),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError) as exc:
        raise WireError(f"unexpected message of {len(body)} bytes: {exc}") from exc


def _block(fields: list[Any]) -> RawBlock:
    direction, table, far, lines = fields
    if direction not in (0, 90, 180, 270) or not lines:
        raise WireError("a block without direction or lines")
    return RawBlock(direction, bool(table), float(far), [_line(line) for line in lines])


def _line(fields: list[Any]) -> Line:
    x0, y0, x1, y1, size, text = fields
    if not isinstance(text, str) or not text or not size > 0:
        raise WireError("a line without text or size")
    return Line(float(x0), float(y0), float(x1), float(y1), float(size), text)


def _problem_fields(problem: PdfProblem | None) -> list[Any] | None:
    return None if problem is None else [problem.code.value, problem.message, problem.page]


def _problem(fields: list[Any] | None) -> PdfProblem | None:
    if fields is None:
        return None
    code, message, page = fields
    return PdfProblem(Problem(code), str(message), None if page is None else int(page))
