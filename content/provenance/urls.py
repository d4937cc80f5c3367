"""Addresses under ``/sources/``."""

from __future__ import annotations

from django.urls import path

from content.provenance import views

app_name = "sources"

urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:name>/", views.detail, name="detail"),
]
