from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "content.regulations"
    label = "regulations"
