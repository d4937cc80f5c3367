"""Which bundled recordings a portal has yet to load."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from content.provenance.models import Run, Snapshot
from crawlers import bundle


def pending_bundles() -> list[str]:
    """Sources whose recording, as it is bundled now, no succeeded run has read to its end; by name.

    A newer portal with a newer recording makes its source pending again. Raises BundleError.
    """
    return [name for name in _bundled() if not _loaded(name)]


def _bundled() -> list[str]:
    return sorted(path.parent.name for path in Path(settings.CRAWL_BUNDLE_DIR).glob("*/manifest.json"))


def _loaded(name: str) -> bool:
    wanted = {one.sha256 for one in bundle.recordings(name).values()}
    done = Run.objects.filter(source_id=name, backend=Run.Backend.RECORDED, state=Run.State.SUCCEEDED)
    return any(
        wanted <= set(Snapshot.objects.filter(run=run, sha256__in=wanted).values_list("sha256", flat=True))
        for run in done.order_by("-started_at")[:3]
    )
