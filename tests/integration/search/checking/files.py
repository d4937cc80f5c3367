"""Files as people hand them in, made by the libraries that write them."""

from __future__ import annotations

import io

import docx
import openpyxl
from reportlab.pdfgen.canvas import Canvas


def document() -> bytes:
    """A DOCX: a paragraph, a table with a column of titles, a header."""
    made = docx.Document()
    made.add_paragraph("检测依据 GB/T 1.1-2009")
    made.add_paragraph("")
    made.add_paragraph("Tested to ISO 9001:2008.")
    table = made.add_table(rows=2, cols=2)
    for at, text in enumerate(("标准编号", "标准名称", "ISO 9001:2015", "Food microbiology of meat")):
        table.rows[at // 2].cells[at % 2].text = text
    made.sections[0].header.paragraphs[0].text = "ISO 9000:2015"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def sheet() -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "清单"
    for row in (["No.", "Standard", "Title"], [1, "ISO 9001:2008", "Quality management systems - Requirements"]):
        page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def report(*pages: str, password: str = "") -> bytes:
    """A PDF with one line on each page."""
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=password or None)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
