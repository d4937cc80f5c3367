"""Addresses under ``/standards/``. No slug can be one of the words used here: every slug holds a number."""

from __future__ import annotations

from django.urls import path, re_path

from content.standards import browse, downloads, views

app_name = "standards"

SLUG = r"(?P<slug>[A-Za-z0-9][A-Za-z0-9._-]{0,139})"

urlpatterns = [
    path("", browse.index, name="list"),
    re_path(r"^bodies/(?P<code>[^\x00-\x1f\x7f]{1,40})/$", browse.body, name="body"),
    re_path(r"^ics/(?P<code>\d{2}(?:\.\d{3}(?:\.\d{2})?)?)/$", browse.ics, name="ics"),
    re_path(r"^ccs/(?P<code>[A-Z](?:\d{2}(?:/\d{2})?)?)/$", browse.ccs, name="ccs"),
    re_path(rf"^{SLUG}\.json$", views.data, name="data"),
    re_path(rf"^{SLUG}\.(?P<form>bib|ris)$", views.citation, name="citation"),
    re_path(rf"^{SLUG}/files/(?P<name>[^/\x00-\x1f\x7f]{{1,255}})$", downloads.serve, name="file"),
    re_path(rf"^{SLUG}/$", views.detail, name="detail"),
]
