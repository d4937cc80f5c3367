from collections.abc import Iterable
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate

from portal.settings.env import BASE_DIR


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal.catalogue import compile_changed
        from portal.groups import create_groups

        compile_changed(BASE_DIR / "locale", Path(settings.LOCALE_PATHS[0]))
        # Django tells only apps with models, which the portal itself has not.
        post_migrate.connect(create_groups, sender=apps.get_app_config("auth"))
        if settings.CELERY_BROKER_URL:
            from portal import sending

            sending.connect()
        from search.checking.uploads import read_pdf_with

        read_pdf_with(_pages_of_pdf)
        self._listen()

    def _listen(self) -> None:
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from content.provenance.signals import records_changed
        from portal.changed_pages import on_page_changed, on_records_changed

        records_changed.connect(on_records_changed, dispatch_uid="portal.changed_pages")
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(on_page_changed, dispatch_uid="portal.changed_pages")


def _pages_of_pdf(data: bytes) -> Iterable[tuple[int, str]]:
    """Loaded by the first who needs it: few processes ever do."""
    from portal.pdf_texts import pages_of

    return pages_of(data)
