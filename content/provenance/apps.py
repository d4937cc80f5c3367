from django.apps import AppConfig


class ProvenanceConfig(AppConfig):
    name = "content.provenance"
    label = "provenance"
