"""Addresses under ``/account/follows/``."""

from __future__ import annotations

from django.urls import path

from search.watch import views, webhook_views

app_name = "watch"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.follow, name="follow"),
    path("alerts/", views.alerts, name="alerts"),
    path("webhooks/", webhook_views.index, name="webhooks"),
    path("webhooks/<int:pk>/delete/", webhook_views.delete, name="webhook-delete"),
    path("webhooks/messages/<int:pk>/", webhook_views.again, name="webhook-again"),
    path("<int:pk>/", views.change, name="change"),
    path("mails/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
