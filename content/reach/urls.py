"""Addresses under ``/reach/``."""

from __future__ import annotations

from django.urls import path, re_path

from content.reach import browse, guidance_views, update_views, views
from content.reach.check import saved_views
from content.reach.check import views as check

app_name = "reach"

UPDATE = r"(?P<list_name>[a-z]{1,20})/(?P<day>\d{4}(-\d{2}){0,2})"
KEY = r"(?P<key>[0-9a-f]{24})"
SLUG = r"(?P<slug>[a-z0-9][a-z0-9-]{0,79})"

urlpatterns = [
    path("", browse.index, name="index"),
    path("updates/", update_views.index, name="updates"),
    re_path(rf"^updates/{UPDATE}\.json$", update_views.data, name="update-data"),
    re_path(rf"^updates/{UPDATE}/$", update_views.detail, name="update"),
    path("guidance/", guidance_views.index, name="guidance-list"),
    re_path(rf"^guidance/{SLUG}\.json$", guidance_views.data, name="guidance-data"),
    re_path(rf"^guidance/{SLUG}\.pdf$", guidance_views.file, name="guidance-file"),
    re_path(rf"^guidance/{SLUG}/$", guidance_views.page, name="guidance"),
    path("lists/", saved_views.index, name="saved-lists"),
    path("lists/save/", saved_views.save, name="save"),
    path("lists/waiting/", saved_views.waiting, name="waiting"),
    re_path(rf"^lists/{KEY}/$", saved_views.detail, name="saved"),
    re_path(rf"^lists/{KEY}/rename/$", saved_views.rename, name="saved-rename"),
    re_path(rf"^lists/{KEY}/noted/$", saved_views.take_note, name="saved-noted"),
    re_path(rf"^lists/{KEY}/delete/$", saved_views.delete, name="saved-delete"),
    path("check/", check.form, name="check"),
    path("check/template.xlsx", check.template, name="template"),
    re_path(rf"^substances/{SLUG}\.json$", views.data, name="data"),
    re_path(rf"^substances/{SLUG}/$", views.substance, name="substance"),
]
