from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from content.provenance.signals import records_changed
        from content.standards.models import Body, CcsClass, IcsClass
        from search.models import SynonymRule
        from search.names import forget
        from search.outbox import enqueue
        from search.synonyms.live import changed

        records_changed.connect(enqueue, dispatch_uid="search.outbox")
        for model in (Body, IcsClass, CcsClass):
            for signal in (post_save, post_delete):
                signal.connect(forget, sender=model, dispatch_uid=f"search.names.{model.__name__}")
        post_save.connect(changed, sender=SynonymRule, dispatch_uid="search.synonyms")
        post_delete.connect(changed, sender=SynonymRule, dispatch_uid="search.synonyms")
