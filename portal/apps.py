from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal.groups import create_groups

        # Django tells only apps with models, which the portal itself has not.
        post_migrate.connect(create_groups, sender=apps.get_app_config("auth"))
