"""How pages look for one reader (适老化): size of the text and contrast, kept in one cookie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

COOKIE = "display"
TEXT_SIZES = {
    "standard": pgettext_lazy("size of the text", "Standard"),
    "large": _("Large"),
    "largest": _("Very large"),
}
CONTRASTS = {"standard": _("As set on this device"), "high": _("High contrast")}


@dataclass(frozen=True, slots=True)
class Display:
    """``text`` is a key of TEXT_SIZES, ``contrast`` of CONTRASTS."""

    text: str = "standard"
    contrast: str = "standard"

    @classmethod
    def from_cookie(cls, value: str) -> Display:
        """What the cookie says as far as it makes sense: ``large.high``."""
        text, _dot, contrast = value.partition(".")
        return cls(
            text if text in TEXT_SIZES else "standard",
            contrast if contrast in CONTRASTS else "standard",
        )

    @property
    def cookie(self) -> str:
        return f"{self.text}.{self.contrast}"


class DisplayMiddleware:
    """Sets ``request.display``; a cache must not hand one reader's large type to the next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.display = Display.from_cookie(request.COOKIES.get(COOKIE, ""))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """The form, and back to where the reader came from."""
    given = request.POST if request.method == "POST" else request.GET
    back = given.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("home")
    if request.method != "POST":
        return render(request, "portal/display.html", {"next": back, "sizes": TEXT_SIZES, "contrasts": CONTRASTS})
    chosen = Display.from_cookie(f"{request.POST.get('text', '')}.{request.POST.get('contrast', '')}")
    response = HttpResponseRedirect(back)
    response.set_cookie(COOKIE, chosen.cookie, max_age=timedelta(days=365), samesite="Lax", httponly=True)
    return response
