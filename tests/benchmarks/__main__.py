"""``make bench``: every benchmark, each in a process of its own, on one freshly loaded portal."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {**os.environ, "DATA_DIR": folder}
        steps = (
            ["-m", "tests.benchmarks.ingest"],
            ["manage.py", "search", "rebuild"],
            ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
            ["-m", "tests.benchmarks.http"],
            ["-m", "tests.benchmarks.designations"],
            ["-m", "tests.benchmarks.checking"],
            *(
                ["manage.py", "crawl", f"echa_{name}", "--recorded"]
                for name in ("candidate", "authorisation", "restriction")
            ),
            ["-m", "tests.benchmarks.reach"],
            ["-m", "tests.benchmarks.watch"],
            ["-m", "tests.benchmarks.pdf"],
            ["-m", "tests.benchmarks.elastic"],
        )
        statuses = [subprocess.run([sys.executable, *step], env=environment, check=False).returncode for step in steps]
    return int(any(statuses))


if __name__ == "__main__":
    sys.exit(main())
