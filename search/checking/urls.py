"""Addresses under ``/standards/check/``."""

from __future__ import annotations

from django.urls import path, re_path

from search.checking import views

app_name = "checking"

NUMBER = r"(?P<number>[0-9a-f]{64})"

urlpatterns = [
    path("", views.form, name="form"),
    path("verify/", views.verify, name="verify"),
    re_path(rf"^{NUMBER}/$", views.report, name="report"),
    re_path(rf"^{NUMBER}\.(?P<form>xlsx|pdf)$", views.download, name="download"),
]
