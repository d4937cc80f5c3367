"""Addresses under ``/account/follows/``."""

from __future__ import annotations

from django.urls import path

from search.watch import views

app_name = "watch"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.follow, name="follow"),
    path("alerts/", views.alerts, name="alerts"),
    path("<int:pk>/", views.change, name="change"),
    path("mails/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
