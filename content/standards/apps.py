from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "content.standards"
    label = "standards"
