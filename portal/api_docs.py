"""The API described for people: a plain page made from the OpenAPI description, and a console to try it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from ninja.openapi.docs import Swagger

from portal.api import api


@dataclass(frozen=True, slots=True)
class Parameter:
    """``values`` are the only ones allowed, if they are few."""

    name: str
    required: bool
    description: SafeString
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """``description`` in paragraphs. ``example`` is an address to follow; empty for what is not asked with GET."""

    name: str
    method: str
    path: str
    summary: str
    description: tuple[SafeString, ...]
    parameters: tuple[Parameter, ...]
    example: str


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and an example to follow."""
    schema = api.get_openapi_schema()
    context = {"operations": list(operations(schema)), "problems": PROBLEMS}
    return render(request, "portal/api_docs.html", context)


# Swagger UI (ninja's bundled copy) writes style elements of its own.
@csp_update({"style-src": ["'unsafe-inline'"]})
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """Swagger UI."""
    settings = {"defaultModelsExpandDepth": 0, "docExpansion": "list", "validatorUrl": None}
    return Swagger(settings).render_page(request, api)


def operations(schema: dict[str, Any]) -> Iterator[Operation]:
    """The operations in the order of the description."""
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            given = {
                parameter["name"]: parameter["example"] for parameter in one["parameters"] if "example" in parameter
            }
            required = {each["name"] for each in one["parameters"] if each["required"]}
            wanted = {name: value for name, value in given.items() if name in required or name == "q"}
            query = {name: value for name, value in wanted.items() if f"{{{name}}}" not in path}
            address = path.format(**given) + (f"?{urlencode(query)}" if query else "")
            yield Operation(
                name=one["operationId"],
                method=method.upper(),
                path=path,
                summary=gettext(one["summary"]),
                description=tuple(with_code(gettext(text)) for text in paragraphs(one["description"])),
                parameters=tuple(map(_parameter, one["parameters"])),
                example=address if method == "get" else "",
            )


def texts(schema: dict[str, Any]) -> Iterator[str]:
    """What of the description is for people and so is translated; the description itself stays English."""
    for methods in schema["paths"].values():
        for one in methods.values():
            yield one["summary"]
            yield from paragraphs(one["description"])
            yield from (each["description"] for each in one["parameters"] if each.get("description"))


def paragraphs(text: str) -> list[str]:
    """A doc string in paragraphs of one line each."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def with_code(text: str) -> SafeString:
    """Text with its `code` in code elements, escaped."""
    parts = re.split(r"`([^`]+)`", text)
    marked = [format_html("<code>{}</code>", part) if place % 2 else part for place, part in enumerate(parts)]
    return format_html_join("", "{}", ((part,) for part in marked))


def _parameter(given: dict[str, Any]) -> Parameter:
    values = tuple(str(value) for value in given["schema"].get("enum", ()) if value != "")
    description = given.get("description", "")
    return Parameter(given["name"], given["required"], with_code(gettext(description) if description else ""), values)


PROBLEMS = (
    ("400", "malformed_json, unreadable_body, bad_request"),
    ("404", "not_found"),
    ("405", "method_not_allowed"),
    ("410", "withdrawn_from_view"),
    ("413", "too_large"),
    ("422", "invalid_parameters, invalid_cursor, unknown_language"),
    ("429", "too_many_requests"),
    ("503", "search_unavailable"),
)
"""Status → ``code`` of the problem documents."""
