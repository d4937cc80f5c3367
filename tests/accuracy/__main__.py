"""``python -m tests.accuracy FOLDER`` writes ``crawlers/ACCURACY.md``; FOLDER holds the recorded material."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.accuracy import laws, lists, measuring
from tests.accuracy.tally import Tally, table

HEAD = """# Accuracy of the parsers

Written by `python -m tests.accuracy FOLDER`. Where the truth comes from:

* openstd, hbba: read by hand from the oldest and the newest page of four standards (`tests/accuracy/truth/`); it holds
  for their pages in every layout recorded, in fields that do not change.
* ECHA's lists: the Candidate List exported as text against the same list exported as XLSX; Annexes XIV and XVII against
  the cells of their own export, read without the parser. A cell with several numbers is not judged. What differs is
  between the two exports of the Candidate List: numbers that only one of them has, and one date of inclusion.
* Laws: every 21st recorded text, read by hand.
* Bundled notices: compared with the points of the form as they were transcribed, so only what the parser makes of them
  is judged.

Status, departments, association standards and PDF files are not measured here, and documents of the WTO, ePing and
EUR-Lex are not: none is recorded. Their parsers are tested on documents that the tests make.

"""


def of_recordings(folder: Path) -> list[Tally]:
    """Everything that the recorded material can be compared with."""
    return [*measuring.of_recordings(folder), *lists.of_recordings(folder), *laws.of_recordings(folder)]


def main(folder: Path) -> None:
    tallies = [*of_recordings(folder), *measuring.of_bundles()]
    (measuring.BUNDLES.parent / "ACCURACY.md").write_text(HEAD + table(tallies), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
