"""Addresses under ``/reach/``."""

from __future__ import annotations

from django.urls import path, re_path

from content.reach import browse, views
from content.reach.check import views as check

app_name = "reach"

SLUG = r"(?P<slug>[a-z0-9][a-z0-9-]{0,79})"

urlpatterns = [
    path("", browse.index, name="index"),
    path("check/", check.form, name="check"),
    path("check/template.xlsx", check.template, name="template"),
    re_path(rf"^substances/{SLUG}\.json$", views.data, name="data"),
    re_path(rf"^substances/{SLUG}/$", views.substance, name="substance"),
]
