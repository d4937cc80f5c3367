"""A report as XLSX and PDF. Both name its number and the page that verifies it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from content.sheets import Sheet, workbook
from content.sheets.writing import Value
from search.checking.reports import Report, Row
from search.checking.verdicts import tally
from search.checking.wording import VERDICTS, names, places, reasons, title

FONT = "STSong-Light"
"""A Song type that readers of PDF bring along (Adobe-GB1): embedded, a report of one page would be ten megabytes."""
LATIN = "Helvetica"
MAX_CELL = 2_000
"""Characters of a cell that are printed; a row must fit on a page."""
_OTHER = re.compile(r"[^\x00-\x7f]+")
PADDING = 6
"""Points on each side of a cell, as tables have it."""
_WIDTHS = (10, 36, 62, 22, 38, 40, 59)
"""Millimetres, by column."""


def xlsx(report: Report, address: str) -> bytes:
    """Two sheets: the findings, and what the report is."""
    about: list[list[Value]] = [[label, value] for label, value in facts(report, address)]
    about += [[str(VERDICTS[verdict]), count] for verdict, count in tally([row.finding for row in report.rows]).items()]
    findings = Sheet(
        _("Findings"),
        headings(),
        ([at, *cells(row)] for at, row in enumerate(report.rows, 1)),
        (6, 24, 40, 16, 40, 28, 50),
    )
    return workbook(
        [findings, Sheet(_("About this report"), [_("Report"), ""], about, (34, 80))], title=_("Validity check")
    )


class Cell(Paragraph):
    """A paragraph that is broken into lines once: a table asks each cell three times how high it is."""

    blPara: Any
    _broken: tuple[float, tuple[float, float]] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        if self._broken is None or self._broken[0] != availWidth:
            self._broken = availWidth, super().wrap(availWidth, availHeight)
        return self._broken[1]

    @property
    def is_line(self) -> bool:
        """Whether it fits on one line; asked once it was wrapped."""
        return len(self.blPara.lines) <= 1

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        _width, height = self.wrap(availWidth, availHeight)
        if height <= availHeight or self.is_line:
            return [self] if height <= availHeight else []
        self._broken = None  # it loses its lines to its parts
        return super().split(availWidth, availHeight)


def pdf(report: Report, address: str, site: str) -> bytes:
    """A4, landscape; the number and the page stand at the foot of every page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    text = ParagraphStyle("text", fontName=LATIN, fontSize=8, leading=11, wordWrap="CJK")
    head = ParagraphStyle("head", parent=text, fontSize=15, leading=22)
    small = ParagraphStyle("small", parent=text, textColor=colors.HexColor("#444444"))
    latin = ParagraphStyle("latin", parent=text, wordWrap=None)

    lines: dict[tuple[int, str], Cell] = {}

    def cell(column: int, said: str) -> Cell:
        """Many cells of a column say the same in one line: it is broken and measured once."""
        if (held := lines.get((column, said))) is not None:
            return held
        made = Cell(_marked(said[:MAX_CELL]), text if _OTHER.search(said) else latin)
        made.wrap(_WIDTHS[column] * mm - 2 * PADDING, 0)
        if made.is_line:
            lines[column, said] = made
        return made

    rows: list[list[Any]] = [[cell(column, said) for column, said in enumerate(headings())]]
    for at, row in enumerate(report.rows, 1):
        rows.append([str(at), *(cell(column, said) for column, said in enumerate(cells(row), 1))])
    table = Table(rows, colWidths=[width * mm for width in _WIDTHS], repeatRows=1, splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("FONT", (0, 0), (0, -1), LATIN, 8, 11),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.HexColor("#999999")),
                ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e8eef3")),
            ]
        )
    )
    counts = tally([row.finding for row in report.rows])
    summary = _("; ").join(f"{VERDICTS[verdict]} {count}" for verdict, count in counts.items() if count)
    story = [
        Paragraph(_marked(_("Validity check")), head),
        Paragraph(_marked(site), small),
        *(Paragraph(_marked(f"{label}: {value}"), small) for label, value in facts(report, address)),
        Spacer(1, 3 * mm),
        Paragraph(_marked(summary), text),
        Spacer(1, 3 * mm),
        table,
    ]
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=landscape(A4),
        leftMargin=15 * mm,
        rightMargin=15 * mm,
        topMargin=14 * mm,
        bottomMargin=16 * mm,
        title=_("Validity check"),
        author=site,
        subject=report.number,
        lang="zh",
    )
    foot = _footer(report)
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()


def headings() -> list[str]:
    return [_("No."), _("As written"), _("Title"), _("Verdict"), _("Current edition"), _("Place"), _("Reason")]


def cells(row: Row) -> list[str]:
    """The row below ``headings``, its number left out."""
    held = row.finding.held
    shown = title(held) if held else ""
    if row.finding.title_differs and row.title:
        shown = _("Written: %(written)s. Held: %(held)s") % {"written": row.title, "held": shown}
    others = row.finding.current or row.finding.near
    return [
        row.written,
        shown or row.title,
        str(VERDICTS[row.finding.verdict]),
        names(others) if row.finding.current else "",
        places(row),
        reasons(row) + (f" {names(row.finding.near)}" if row.finding.near else ""),
    ]


def facts(report: Report, address: str) -> list[tuple[str, str]]:
    """What is to be known of the report, as label and text."""
    made = timezone.localtime(report.made).strftime("%Y-%m-%d %H:%M %Z")
    said = [
        (_("Made"), made),
        (_("Validity as on"), report.on.isoformat()),
        (_("Designations"), str(len(report.rows))),
        (_("Report number (SHA-256)"), report.number),
        (_("Verify at"), address),
    ]
    if report.name:
        said.insert(0, (_("File"), report.name))
    return said


def _marked(text: str) -> str:
    """For a paragraph: Latin letters in a type that is made for them, everything else in the Song type."""
    return _OTHER.sub(lambda run: f'<font name="{FONT}">{run.group()}</font>', escape(text))


def _footer(report: Report) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 7)
        canvas.drawString(15 * mm, 9 * mm, report.number)
        canvas.drawRightString(landscape(A4)[0] - 15 * mm, 9 * mm, str(document.page))
        canvas.restoreState()

    return draw
