"""Middleware of the portal."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from portal.launch.admin import has_one_time_password
from portal.views import method_not_allowed


class ContentPolicy(CSPMiddleware):
    """The policy of pages, and a wider one behind the sign-in of the admin; an answer that has its own keeps it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if HEADER in response else super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        signing_in = reverse("wagtailadmin_login"), reverse("wagtailadmin_password_reset")
        if request.path.startswith(reverse("wagtailadmin_home")) and not request.path.startswith(signing_in):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class IsolationHeaders:
    """Headers that Django does not know: what a page may ask of the browser, and who may load it into theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        open_data = response.get("Access-Control-Allow-Origin") == "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if open_data else "same-origin"
        return response


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
