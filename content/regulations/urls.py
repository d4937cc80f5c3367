"""Addresses under ``/regulations/``."""

from __future__ import annotations

from django.urls import path, re_path

from content.regulations import browse, comparison, views

app_name = "regulations"

SLUG = r"(?P<slug>[A-Za-z0-9][A-Za-z0-9-]{0,79})"
DAY = r"(?P<day>\d{4}-\d{2}-\d{2}|undated)"

urlpatterns = [
    path("", browse.index, name="list"),
    re_path(rf"^{SLUG}\.json$", views.data, name="data"),
    re_path(rf"^{SLUG}/versions/{DAY}\.json$", views.version_data, name="version-data"),
    re_path(rf"^{SLUG}/versions/{DAY}/$", views.version_page, name="version"),
    re_path(rf"^{SLUG}/compare\.json$", comparison.data, name="compare-data"),
    re_path(rf"^{SLUG}/compare/$", comparison.page, name="compare"),
    re_path(rf"^{SLUG}/$", views.detail, name="detail"),
]
