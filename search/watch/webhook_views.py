"""Pages of one person's webhooks and of what was sent to them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from search.watch.models import Delivery, Webhook
from search.watch.posting import NotSent, check
from search.watch.views import follower_of
from search.watch.webhooks import MAX_WEBHOOKS, replay, secret_of

SHOWN = 20


class WebhookForm(forms.Form):
    """Where messages go."""

    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=500, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            check(url)
        except NotSent as problem:
            sentence = _("An address of the public internet that begins with https://, without a name and password.")
            raise ValidationError(sentence) from problem
        return url


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The webhooks there are, and a form for another one."""
    follower = follower_of(request)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if follower.webhooks.count() >= MAX_WEBHOOKS:
            form.add_error(None, _("One account has five webhooks at most."))
        else:
            Webhook.objects.get_or_create(follower=follower, url=form.cleaned_data["url"])
            messages.success(request, _("The webhook is told of every alert from now on."))
            return redirect("watch:webhooks")
    hooks = [(hook, secret_of(hook.secret), hook.deliveries.all()[:SHOWN]) for hook in follower.webhooks.all()]
    context = {
        "form": form,
        "hooks": hooks,
        "trail": [(_("What I follow"), reverse("watch:list"))],
        "here": _("Webhooks"),
    }
    return render(request, "watch/webhooks.html", context)


@never_cache
@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a webhook nothing more."""
    get_object_or_404(Webhook, pk=pk, follower=follower_of(request)).delete()
    messages.success(request, _("The webhook is removed."))
    return redirect("watch:webhooks")


@never_cache
@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message again."""
    one = Delivery.objects.filter(pk=pk, webhook__follower=follower_of(request)).first()
    if one is None:
        raise Http404
    replay(one, timezone.now())
    messages.success(request, _("The message is sent again."))
    return redirect("watch:webhooks")
