"""What the API routers of every subject share: problems, cursors, bounded parameters, bilingual text."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

import orjson
from annotated_types import Ge, Le
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import StringConstraints

from content.provenance.hiding import Hideable
from content.turns import Busy

Model = TypeVar("Model", bound=models.Model)

MAX_PAGE_SIZE = 200
"""Records in one answer of a list."""
PROBLEM_JSON = "application/problem+json"

Token = Annotated[str, StringConstraints(max_length=140, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A short code or name in the query string, without control characters (PostgreSQL refuses NUL)."""


class PageParams(Schema):
    """Where in a list, and how much of it."""

    after: Annotated[str, StringConstraints(max_length=600)] = Field(
        default="", description="Opaque cursor from the `next` address of the page before."
    )
    size: Annotated[int, Ge(1), Le(MAX_PAGE_SIZE)] = Field(
        default=50, description="Records in one page.", examples=[50]
    )


class Bilingual(Schema):
    """A text in Chinese and English; empty where the sources have none."""

    zh: str = ""
    en: str = ""


class FieldProblem(Schema):
    """What is wrong with one parameter."""

    location: str = Field(description="Where it is, e.g. `query.size` or `body.3`.", examples=["query.size"])
    message: str


class Problem(Schema):
    """A problem document (RFC 9457)."""

    type: str = Field(default="about:blank", description="`about:blank`: the status says it all; see `code`.")
    title: str = Field(description="The HTTP status in words.", examples=["Not Found"])
    status: int = Field(examples=[404])
    code: str = Field(description="A stable word for programs.", examples=["not_found"])
    detail: str = Field(description="A sentence for people, in the language of the request.")
    instance: str = Field(description="The address that was asked.", examples=["/api/v1/standards/gb-1/"])
    errors: list[FieldProblem] = Field(default=[], description="The parameters at fault, if any.")


class ApiProblem(Exception):
    """Ends a request with a problem document.

    ``detail`` is a translated sentence; ``errors`` are (location, sentence); ``extension`` holds further members.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        errors: Iterable[tuple[str, str]] = (),
        headers: dict[str, str] | None = None,
        extension: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = [FieldProblem(location=location, message=message) for location, message in errors]
        self.headers = headers or {}
        self.extension = extension or {}


def withdrawn(record: Hideable) -> ApiProblem:
    """410, with the reason that the record's page shows."""
    return ApiProblem(
        HTTPStatus.GONE,
        "withdrawn_from_view",
        _("This record is withdrawn from public view."),
        extension={"since": record.hidden_at, "reason": record.hidden_reason},
    )


def invalid(location: str, sentence: str) -> ApiProblem:
    """422 with what is wrong, and where."""
    return ApiProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_parameters", sentence, errors=[(location, sentence)])


def busy(error: Busy) -> ApiProblem:
    """The problem of one who finds no turn at reading a file."""
    headers = {"Retry-After": str(error.retry_after)}
    return ApiProblem(HTTPStatus.SERVICE_UNAVAILABLE, "busy", str(error), headers=headers)


def problem_response(
    request: HttpRequest,
    status: HTTPStatus,
    code: str,
    detail: str,
    *,
    errors: list[FieldProblem] | None = None,
    headers: dict[str, str] | None = None,
    extension: dict[str, Any] | None = None,
) -> HttpResponse:
    """The problem as ``application/problem+json``."""
    problem = Problem(
        title=status.phrase,
        status=status.value,
        code=code,
        detail=detail,
        instance=request.path[:500],
        errors=errors or [],
    )
    return HttpResponse(
        orjson.dumps((extension or {}) | problem.model_dump()),
        status=status.value,
        content_type=PROBLEM_JSON,
        headers=headers or {},
    )


def encode_cursor(*values: str | int) -> str:
    """The last record of a page as an opaque token."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def decode_cursor(cursor: str, *types: type) -> tuple[Any, ...]:
    """Values of ``types`` (str, int) from a cursor. Raises ApiProblem (422) for what no page ever gave out."""
    try:
        values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise invalid_cursor() from error
    if not isinstance(values, list) or [type(value) for value in values] != list(types):
        raise invalid_cursor()
    if any("\0" in value if isinstance(value, str) else abs(value) > 2**63 - 1 for value in values):
        raise invalid_cursor()
    return tuple(values)


def invalid_cursor() -> ApiProblem:
    """The answer to a cursor that is not ours."""
    sentence = _("This cursor is none of ours. Start again without it.")
    return ApiProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_cursor", sentence, errors=[("query.after", sentence)])


def keyset_page(
    queryset: models.QuerySet[Model], *, key: str, after: str, size: int, descending: bool = False
) -> tuple[list[Model], str]:
    """One page in order of the column ``key``, ties by primary key, and the cursor of the next page ("" at the end).

    Costs the same on every page: it seeks in the index of ``key`` instead of counting over the earlier rows.
    """
    sign, beyond, before = ("-", "lte", "gte") if descending else ("", "gte", "lte")
    field: models.Field[Any, Any] = queryset.model._meta.get_field(key)  # type: ignore[assignment]
    page = queryset.order_by(f"{sign}{key}", f"{sign}pk")
    if after:
        text, pk = decode_cursor(after, str, int)
        try:
            value = field.to_python(text)
        except ValidationError as error:
            raise invalid_cursor() from error
        page = page.filter(**{f"{key}__{beyond}": value}).exclude(**{key: value, f"pk__{before}": pk})
    rows = list(page[: size + 1])
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    return rows[:size], encode_cursor(field.value_to_string(last), last.pk)


def link_next(request: HttpRequest, response: HttpResponse, cursor: str) -> str | None:
    """The address of the next page, also set as a ``Link`` header (RFC 8288); None at the end."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["after"] = cursor
    query.pop("page", None)
    url = f"{request.path}?{query.urlencode()}"
    response["Link"] = f'<{url}>; rel="next"'
    return url
