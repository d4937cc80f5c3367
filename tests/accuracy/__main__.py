"""``python -m tests.accuracy FOLDER`` writes ``crawlers/ACCURACY.md``; FOLDER holds the recorded material."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.accuracy import measuring
from tests.accuracy.tally import table

HEAD = """# Accuracy of the parsers

Written by `python -m tests.accuracy FOLDER`. The truth of the portals' pages (`tests/accuracy/truth/`) was read by hand
from the oldest and the newest page of four standards and holds for their pages in every layout recorded: fields that
do not change. Bundled notices are compared with the points of the form as they were transcribed. Status, departments,
laws, REACH lists, association standards, ISO and PDFs are not measured here.

"""


def main(folder: Path) -> None:
    tallies = [*measuring.of_recordings(folder), *measuring.of_bundles()]
    (measuring.BUNDLES.parent / "ACCURACY.md").write_text(HEAD + table(tallies), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
