"""One's own data (个人信息保护法, articles 45 and 47): to take along, and to have deleted."""

from __future__ import annotations

from typing import Any, cast

import orjson
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from content.reach.models import SavedList
from search.watch.models import Alert, Subscription, Webhook


class DeleteForm(forms.Form):
    """The password, so that nobody who finds a screen unlocked deletes an account."""

    password = forms.CharField(
        label=gettext_lazy("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("That is not your password."))
        return password


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """All that the portal holds of the signed-in person, as JSON."""
    user = cast(User, request.user)
    follows = Subscription.objects.filter(follower__user=user).order_by("pk")
    alerts = Alert.objects.filter(subscription__follower__user=user).order_by("pk")
    document = {
        "account": {"name": user.username, "email": user.email, "joined": user.date_joined},
        "addresses": list(user.emailaddress_set.values("email", "verified", "primary")),
        "follows": list(follows.values("kind", "key", "label", "frequency", "mail", "paused_at", "created_at")),
        "alerts": list(alerts.values("at", "change__label", "change__kind", "change__field")),
        "webhooks": list(Webhook.objects.filter(follower__user=user).values("url", "created_at")),
        "lists": list(SavedList.objects.filter(user=user).values("name", "rows", "created_at", "judged_at")),
    }
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return HttpResponse(
        orjson.dumps(document, option=orjson.OPT_INDENT_2), content_type="application/json", headers=headers
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Asks for the password, and deletes the account with everything that belongs to it. Staff are deleted by the
    administrator, since what they did stays in the history."""
    user = cast(User, request.user)
    form = DeleteForm(user, request.POST if request.method == "POST" else None)
    staff = user.is_staff or user.is_superuser or user.groups.exists()
    if request.method == "POST" and not staff and form.is_valid():
        logout(request)
        user.delete()
        messages.success(request, _("Your account and everything in it is deleted."))
        return redirect("account_login")
    return render(request, "portal/own_account.html", {"form": form, "staff": staff, "here": _("My data")})
