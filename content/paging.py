"""Long lists in pages."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

Record = TypeVar("Record", bound=Model)
MAX_PAGES = 200
"""Reading on past 10,000 records by page number is nobody's way of finding one; programs have the API's cursor."""


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """Page numbers up to ``MAX_PAGES``; ``cut`` says that there would be more."""

    @property
    def num_pages(self) -> int:
        return min(super().num_pages, MAX_PAGES)

    @property
    def cut(self) -> bool:
        return self.count > MAX_PAGES * self.per_page


def paged(request: HttpRequest, records: QuerySet[Record], per_page: int) -> dict[str, Any]:
    """What templates need of the page that is asked for: ``page`` and the numbers of ``pages``. Raises Http404."""
    paginator = BoundedPaginator(records, per_page)
    try:
        page = paginator.page(request.GET.get("page", "1"))
    except (PageNotAnInteger, EmptyPage) as error:
        raise Http404(str(error)) from error
    return {"page": page, "pages": paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)}
