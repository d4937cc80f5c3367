"""The two groups of people who work in the admin, made by the first migration and then left to the administrator."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models import Q

ENTER = "wagtailadmin.access_admin"
GROUPS: dict[str, tuple[str, ...]] = {
    "Standards editors": (
        ENTER,
        "standards.change_standard",
        "standards.view_standard",
        "standards.add_relation",
        "standards.delete_relation",
        "standards.change_file",
        "standards.change_body",
        "standards.change_icsclass",
        "standards.change_ccsclass",
        "regulations.change_regulation",
        "regulations.view_regulation",
        "tbt.change_notification",
        "tbt.view_notification",
        "reach.change_substance",
        "reach.view_substance",
        "reach.add_number",
        "reach.change_number",
        "reach.delete_number",
        "reach.add_guidance",
        "reach.change_guidance",
        "provenance.view_change",
        "search.add_synonymrule",
        "search.change_synonymrule",
        "search.delete_synonymrule",
    ),
    "Operators": (
        ENTER,
        "standards.view_standard",
        "regulations.view_regulation",
        "tbt.view_notification",
        "reach.view_substance",
        "provenance.change_source",
        "provenance.view_run",
        "provenance.view_rejecteditem",
        "provenance.change_rejecteditem",
        "provenance.view_change",
        "provenance.view_snapshot",
        "search.view_indexoutbox",
        "search.change_indexoutbox",
        "search.view_querycount",
        "watch.view_mail",
        "watch.view_delivery",
        *(["django_celery_beat.change_periodictask"] if settings.CELERY_BROKER_URL else []),
        "search.view_synonymrule",
    ),
}
"""Group → permissions as ``app.codename``."""


def create_groups(using: str, **kwargs: Any) -> None:
    """After ``migrate``: makes the groups that are missing. A group that exists is the administrator's to change."""
    missing = [name for name in GROUPS if not Group.objects.using(using).filter(name=name).exists()]
    if not missing:
        return
    for label in {permission.partition(".")[0] for names in GROUPS.values() for permission in names}:
        # Apps are told of a migration one after the other: some have not made their permissions yet.
        create_contenttypes(apps.get_app_config(label), using=using, verbosity=0)
        create_permissions(apps.get_app_config(label), using=using, verbosity=0)
    for name in missing:
        wanted = Q(pk__in=[])
        for permission in GROUPS[name]:
            app, _dot, codename = permission.partition(".")
            wanted |= Q(content_type__app_label=app, codename=codename)
        group = Group.objects.using(using).create(name=name)
        group.permissions.set(Permission.objects.using(using).filter(wanted))
