"""Middleware of the portal."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from portal.launch.admin import has_one_time_password
from portal.views import method_not_allowed


class OwnPasswordFirst:
    """An administrator who signed in with the one-time password chooses another before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        admin = reverse("wagtailadmin_home")
        if (
            request.path.startswith(admin)
            and request.method == "GET"
            and request.user.is_authenticated
            and not request.path.startswith((reverse("own-password"), f"{admin}jsi18n", f"{admin}logout"))
            and request.headers.get("Sec-Fetch-Dest", "document") == "document"
            and has_one_time_password(request.user)
        ):
            return redirect("own-password")
        return self.get_response(request)


class WrongMethodPage:
    """A page for the refusal that Django sends without a word: a method that the address does not take (405)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = method_not_allowed(request)
        page["Allow"] = response["Allow"]
        return page
