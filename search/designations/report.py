"""How much of a list of designations is read: ``python -m search.designations.report FILE…``.

A file is text with one designation a line, or JSON lines with the designation under "id" (and references under
"relations"), plain or compressed with xz. Printed are the share that parses, every class of failure with examples
(a class is the text with its digits as 9), the designations that do not survive printing and parsing, and the
addresses that two of them would share.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from search.designations.errors import DesignationError
from search.designations.parsing import parse, try_parse
from search.designations.slugs import parse_slug

_DIGITS = re.compile(r"\d+")


@dataclass
class Report:
    total: int = 0
    parsed: int = 0
    failures: Counter[str] = field(default_factory=Counter)  # class of text and error code
    examples: dict[str, str] = field(default_factory=dict)
    unstable: list[str] = field(default_factory=list)  # printed, they parse to something else
    shared: dict[str, list[str]] = field(default_factory=dict)  # address: the designations that have it
    escaped: int = 0  # addresses with a tail in base 32

    @property
    def share(self) -> float:
        return self.parsed / self.total if self.total else 1.0


def read(path: Path) -> Iterator[str]:
    """The designations of a file, each as often as it stands there."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            text = line.strip()
            if not text.startswith("{"):
                if text and not text.startswith("#"):
                    yield text
                continue
            record = json.loads(text)
            yield record["id"]
            yield from (target for _, target in record.get("relations", ()) if target)


def measure(texts: Iterable[str]) -> Report:
    """What becomes of each distinct text."""
    report = Report()
    slugs: dict[str, set[str]] = defaultdict(set)
    for text in sorted(set(texts)):
        report.total += 1
        try:
            designation = parse(text)
        except DesignationError as exc:
            shape = f"{_DIGITS.sub('9', text)} [{exc.code}]"
            report.failures[shape] += 1
            report.examples.setdefault(shape, text)
            continue
        report.parsed += 1
        canonical, slug = designation.canonical, designation.slug
        slugs[slug].add(canonical)
        report.escaped += "--" in slug
        if try_parse(canonical) != designation or parse_slug(slug) != designation:
            report.unstable.append(text)
    report.shared = {slug: sorted(names) for slug, names in slugs.items() if len(names) > 1}
    return report


def write(name: str, report: Report) -> None:
    out = sys.stdout.write
    out(f"{name}: {report.parsed} of {report.total} parse ({report.share:.2%}), ")
    out(f"{len(report.unstable)} unstable, {len(report.shared)} shared and {report.escaped} escaped addresses\n")
    for shape, count in report.failures.most_common():
        out(f"  {count:6} {shape}  e.g. {report.examples[shape]}\n")
    for text in report.unstable[:20]:
        out(f"  unstable: {text}\n")
    for slug, names in list(report.shared.items())[:20]:
        out(f"  shared: {slug}: {', '.join(names)}\n")


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write("usage: python -m search.designations.report FILE…\n")
        return 2
    complete = True
    for argument in arguments:
        report = measure(read(Path(argument)))
        write(argument, report)
        complete = complete and report.parsed == report.total and not report.unstable and not report.shared
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
