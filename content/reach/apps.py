from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "content.reach"
    label = "reach"

    def ready(self) -> None:
        from content.provenance.signals import records_changed
        from content.reach.store import on_records_changed

        records_changed.connect(on_records_changed, dispatch_uid="content.reach.store")
