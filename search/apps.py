from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from content.provenance.signals import records_changed
        from search.outbox import enqueue

        records_changed.connect(enqueue, dispatch_uid="search.outbox")
