"""Text, layout and outline of PDF files, read page by page in a sandboxed child process.

    with Extractor() as extractor:
        for item in extractor.extract(path):
            match item:
                case Page(): ...      # in reading order, as soon as it is read
                case Document(): ...  # always the last one, whatever happened

Knows neither Django nor Scrapy. `records` has the shapes; each module says why it does what it does.
"""

from crawlers.pdf.extractor import DEFAULT, Extractor, extract
from crawlers.pdf.records import Block, Document, Limits, OutlineEntry, Page, PdfProblem, Problem, Role

__all__ = [
    "DEFAULT",
    "Block",
    "Document",
    "Extractor",
    "Limits",
    "OutlineEntry",
    "Page",
    "PdfProblem",
    "Problem",
    "Role",
    "extract",
]
