"""The child: reads requests from standard input, answers with pages on standard output. Started by `extractor`."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from crawlers.pdf.reader import read
from crawlers.pdf.sandbox import allow_cpu, lock_down
from crawlers.pdf.wire import Finish, finish_message, page_message, read_request


def main() -> int:
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="%(message)s")
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns once for each broken operator
    # Nothing but messages may reach the parent's end of the pipe, whatever a library prints.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    requests = sys.stdin.buffer
    locked = False
    while (asked := read_request(requests)) is not None:
        path, limits = asked
        if not locked:
            lock_down(limits.memory_bytes)
            locked = True
        allow_cpu(limits.file_cpu_seconds + 3 * limits.page_cpu_seconds + 2 * limits.outline_cpu_seconds)
        for item in read(Path(path), limits):
            answers.write(finish_message(item) if isinstance(item, Finish) else page_message(item))
    return 0


if __name__ == "__main__":
    sys.exit(main())
