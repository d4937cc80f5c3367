"""What every public template may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.display import Display
from portal.health import first_load_runs

ENGLISH = "/en/"
MAX_ADDRESS = 2_000
"""Longer addresses are no page; their refusal must not be many times as long as they are."""


@dataclass(frozen=True, slots=True)
class EditionLink:
    """This page in one language of the interface."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry of the main navigation; ``current`` where the page lies under it."""

    label: str
    url: str
    current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Names, addresses, the navigation and the other edition; no query, unless the first load is going on."""
    here = request.get_full_path()
    editions = editions_of(here if len(here) <= MAX_ADDRESS else request.path[:MAX_ADDRESS])
    english = (get_language() or "").startswith("en")
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "html_lang": "en" if english else "zh-Hans",
        "here_path": editions[english].path,
        "editions": editions,
        "other_edition": editions[0] if english else editions[1],
        "navigation": navigation(request.path),
        "api_docs_path": reverse("api-docs"),
        "display": getattr(request, "display", Display()),
        "first_load_runs": first_load_runs,
    }


def editions_of(path: str) -> tuple[EditionLink, EditionLink]:
    """The page at ``path`` in Chinese and in English, whether it exists or not (error pages have a switch, too)."""
    chinese = path.removeprefix(ENGLISH.rstrip("/")) if path.startswith(ENGLISH) else path
    return (
        EditionLink("zh-Hans", "中文", chinese),
        EditionLink("en", "English", ENGLISH.rstrip("/") + chinese),
    )


def navigation(path: str) -> list[NavigationItem]:
    """The main navigation as seen from ``path``."""
    items = [
        (_("Search"), reverse("search:results")),
        (_("Browse"), reverse("standards:list")),
        (_("Check standards"), reverse("checking:form")),
        (_("Regulations"), reverse("regulations:list")),
        (_("TBT"), reverse("tbt:list")),
        (_("REACH"), reverse("reach:index")),
        (_("Updates"), reverse("changes")),
        (_("Sources"), reverse("sources:list")),
        ("API", reverse("api-docs")),
    ]
    return [NavigationItem(label, url, _under(path, url, items)) for label, url in items]


def _under(path: str, url: str, items: list[tuple[str, str]]) -> bool:
    """Whether the page lies under the entry, and under none that lies deeper."""
    return path.startswith(url) and not any(path.startswith(other) and len(other) > len(url) for _label, other in items)
