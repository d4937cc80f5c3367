"""The page on which an administrator puts a password of their own in place of the one-time password."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.launch.admin import has_one_time_password


class OwnPasswordView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg,misc]  # untyped; not subscriptable
    """Asks for nothing else: Wagtail's account page wants names and an e-mail address before it takes a password.

    Whoever has a password of their own changes it on that page, which asks for the old one.
    """

    form_class = SetPasswordForm
    template_name = "portal/admin/own_password.html"
    page_title = gettext_lazy("Choose your own password")
    header_icon = "lock"
    success_url = reverse_lazy("wagtailadmin_home")

    @property
    def user(self) -> User:
        """Who is signed in; the admin's addresses see to that."""
        return cast(User, self.request.user)

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not has_one_time_password(self.user):
            return HttpResponseRedirect(reverse_lazy("wagtailadmin_account"))
        return super().dispatch(*args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.user}

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        update_session_auth_hash(self.request, self.user)
        messages.success(self.request, _("From now on you sign in with your own password."))
        return super().form_valid(form)
