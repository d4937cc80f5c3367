"""What other packages may listen to."""

from __future__ import annotations

from django.dispatch import Signal

records_changed = Signal()
"""Sent inside the transaction that changes records: ``record_type`` (str), ``ids`` (list of int), ``removed`` (bool).

A receiver's own rows are committed or rolled back together with the change.
"""

crawl_wanted = Signal()
"""Sent inside the transaction that writes a crawl request: ``request`` (CrawlRequest). Who crawls may look sooner."""
