"""`python -m crawlers.pdf FILE…`: what the pipeline makes of files, one line each; with `--text` their text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crawlers.pdf import Document, Extractor, Page


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m crawlers.pdf", description="Report on PDF files.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--text", action="store_true", help="print the text of every page")
    options = parser.parse_args(argv)
    write = sys.stdout.write
    write(f"{'pages':>6} {'lang':5} {'scan':4} {'unread':>6} {'outline':>7} {'s':>7} {'p/s':>6}  file: problem\n")
    failed = 0
    with Extractor() as extractor:
        for path in options.files:
            try:
                for item in extractor.extract(path):
                    if isinstance(item, Document):
                        write(_report(path, item))
                    elif options.text:
                        write(_page(item))
            except OSError as exc:
                failed += 1
                write(f"{path}: {exc.strerror}\n")
    return 1 if failed else 0


def _report(path: Path, document: Document) -> str:
    speed = document.pages / document.seconds if document.seconds else 0.0
    problem = document.problem
    told = f": {problem.code}, {problem.message}" if problem else ""
    if problem and problem.page:
        told += f" (page {problem.page})"
    return (
        f"{document.pages:6} {document.language:5} {'yes' if document.scanned else 'no':4} {document.unreadable:6.0%} "
        f"{len(document.outline):7} {document.seconds:7.2f} {speed:6.1f}  {path.name}{told}\n"
    )


def _page(page: Page) -> str:
    running = [f"[{block.role}] {block.text}" for block in page.blocks if block.role in {"header", "footer"}]
    return "\n".join([f"--- {page.number}", *running, page.text, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
