from django.apps import AppConfig


class TbtConfig(AppConfig):
    name = "content.tbt"
    label = "tbt"

    def ready(self) -> None:
        from content.provenance.signals import records_changed
        from content.tbt.store import on_records_changed

        records_changed.connect(on_records_changed, dispatch_uid="content.tbt.store")
