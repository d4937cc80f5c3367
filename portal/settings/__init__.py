"""The portal's settings; the environment is read here and nowhere else (table of variables: README).

Unset variables mean the embedded profile: SQLite, tantivy, files under ``DATA_DIR``.
"""

from __future__ import annotations

from portal.settings.accounts import *  # noqa: F403
from portal.settings.api import *  # noqa: F403
from portal.settings.apps import *  # noqa: F403
from portal.settings.base import *  # noqa: F403
from portal.settings.crawling import *  # noqa: F403
from portal.settings.data import *  # noqa: F403
from portal.settings.front import *  # noqa: F403
from portal.settings.security import *  # noqa: F403
from portal.settings.work import *  # noqa: F403
