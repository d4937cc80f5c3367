"""Addresses under ``/tbt/``."""

from __future__ import annotations

from django.urls import path, re_path

from content.tbt import browse, products, views

app_name = "tbt"

SLUG = r"(?P<slug>[A-Za-z0-9][A-Za-z0-9-]{0,79})"

urlpatterns = [
    path("", browse.index, name="list"),
    path("products/", products.top, name="all-products"),
    re_path(r"^products/(?P<system>hs|ics)/(?P<code>[0-9.]{2,9})/$", products.tree, name="products"),
    re_path(r"^G/(?P<symbol>(?:TBT|SPS)/N/[A-Za-z0-9./]{1,60})$", views.spelled, name="spelled"),
    re_path(rf"^{SLUG}\.json$", views.data, name="data"),
    re_path(rf"^{SLUG}\.ics$", views.calendar, name="calendar"),
    re_path(rf"^{SLUG}/$", views.detail, name="detail"),
]
