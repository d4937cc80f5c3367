"""The sources as rows of the database."""

from __future__ import annotations

import logging

from django.conf import settings

from content.provenance.models import Source
from crawlers import config
from crawlers.config import SourceConfig
from crawlers.errors import ConfigError

logger = logging.getLogger(__name__)


def configured(source_config: SourceConfig) -> bool:
    """Whether the source can be asked: its key is set, or it needs none."""
    return not source_config.key_setting or bool(getattr(settings, source_config.key_setting))


def sync_source(source_config: SourceConfig) -> Source:
    """Bring the source's row to what its YAML says; whether it is enabled is the operator's word."""
    values = {
        "title_zh": source_config.title.zh,
        "title_en": source_config.title.en,
        "publisher": source_config.publisher,
        "licence": source_config.licence.name,
        "licence_url": str(source_config.licence.url or ""),
        "human_url": str(source_config.human_url),
        "data_url": str(source_config.data_url),
        "frequency": source_config.frequency,
        "authority": " ".join(source_config.authority),
        "verification": source_config.verification,
        "precedence": dict(source_config.precedence),
        "configured": configured(source_config),
    }
    source, _ = Source.objects.update_or_create(name=source_config.name, defaults=values)
    return source


def sync_sources() -> list[Source]:
    """Bring the rows of all sources to what their YAML says; one whose YAML is wrong is logged and left as it is."""
    synced = []
    for name in config.names():
        try:
            synced.append(sync_source(config.load(name)))
        except ConfigError:
            logger.exception("The source %s is left as it is", name)
    return synced
