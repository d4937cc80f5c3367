"""All addresses. Chinese at ``/…``, the English edition at ``/en/…``."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/", include("portal.api")),
]
