"""What the lists of crawled records in the Wagtail admin have in common."""

from __future__ import annotations

import json
from typing import Any, cast

from django import forms
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views import View
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

JSON_SHOWN = 20_000
"""Characters of a JSON value on an inspect page."""


def pretty_json(value: Any) -> SafeString:
    """A JSON value as text to read, escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    return format_html("<pre>{}</pre>", text[:JSON_SHOWN] + ("\n…" if len(text) > JSON_SHOWN else ""))


class ReadOnlyInspectView(generic.InspectView):
    """One record with its JSON values laid out."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        if field_name == "field":  # Wagtail would find this very method when it looks for one of the field's own
            return getattr(self.object, field_name)
        if isinstance(field, models.JSONField):
            return pretty_json(getattr(self.object, field_name))
        return super().get_field_display_value(field_name, field)


class RecordIndexView(generic.IndexView):
    """A list whose foreign keys are loaded with it (``select_related``), whatever it shows of them."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> Any:
        queryset = super().get_base_queryset()
        return queryset.select_related(*self.related) if self.related else queryset


class ConfirmView(
    PermissionCheckedMixin,
    BaseObjectMixin,
    WagtailAdminTemplateMixin,
    FormMixin,  # type: ignore[type-arg]  # not subscriptable at run time
    View,
):
    """Asks before one record is changed in one way; a subclass says what and does it."""

    permission_required = "change"
    template_name = "provenance/admin/confirm.html"
    form_class: type[forms.Form] = forms.Form
    back_url_name = ""
    index_url_name = ""
    question: str | Promise = ""
    button_label: str | Promise = ""

    @property
    def editor(self) -> User:
        """Who acts; the permission has been checked."""
        return cast(User, self.request.user)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_success_url(self) -> str:
        return reverse(self.back_url_name, args=[quote(self.object.pk)])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(self.index_url_name), "label": capfirst(self.model_opts.verbose_name_plural)},
            {"url": self.get_success_url(), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        messages.success(request, self.act(form))
        return redirect(self.get_success_url())

    def act(self, form: forms.Form) -> str:
        """Does it and returns what to tell the editor."""
        raise NotImplementedError


class RecordViewSet(ModelViewSet):
    """Records that a crawler writes: no copying, no usage pages, and no reference index to slow every write down."""

    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    related: tuple[str, ...] = ()
    search_backend_name = None
    index_view_class = RecordIndexView
    permitted: tuple[str, ...] = ("add", "change", "delete")
    """What may be done here at all, given the permission; views of the rest do not exist."""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {"add": "add_url_name", "change": "edit_url_name", "delete": "delete_url_name"}
        missing = {name: None for action, name in names.items() if action not in self.permitted}
        common: dict[str, Any] = super().get_common_view_kwargs(**missing, usage_url_name=None, **kwargs)
        if "change" not in self.permitted:
            common["history_url_name"] = None
        return common

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        view_kwargs: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        if hasattr(self.index_view_class, "related"):
            view_kwargs["related"] = self.related
        return view_kwargs

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
        """Wagtail's own widgets also where a plain form is made."""
        return formfield_for_dbfield(db_field, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        gone = {"usage", "copy"}
        gone |= {"add"} - set(self.permitted)
        gone |= set() if "change" in self.permitted else {"edit", "history", "history_results"}
        gone |= {"delete"} - set(self.permitted)
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in gone]


class ReadOnlyViewSet(RecordViewSet):
    """Records to look at, not to touch."""

    permitted = ()
    inspect_view_enabled = True
    inspect_view_class = ReadOnlyInspectView

    def get_form_class(self, for_update: bool = False) -> Any:
        """No form, since nothing is edited."""
        return None
