from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "search.watch"
    label = "watch"
