"""Pages of what one person follows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search.watch.models import Alert, FollowedKey, Follower, Mail, SavedSearch, Subscription
from search.watch.subjects import addresses, subject_of
from search.watch.telling import groups

MAX_SUBSCRIPTIONS = 1_000
"""Of one person."""
PER_PAGE = 50


class FollowForm(forms.Form):
    """How one wants to be told."""

    frequency = forms.ChoiceField(
        label=gettext_lazy("Mails"), choices=Subscription.Frequency.choices, widget=forms.RadioSelect
    )
    mail = forms.BooleanField(label=gettext_lazy("Tell me by mail"), required=False)


def follower_of(request: HttpRequest) -> Follower:
    """The signed-in person; what language they read now is the one of their mails."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    language = get_language() or "zh-hans"
    follower, _new = Follower.objects.get_or_create(user=user, defaults={"language": language})
    follower.user = user  # it is known: not asked for again
    if follower.language != language:
        follower.language = language
        follower.save(update_fields=["language"])
    return follower


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is followed."""
    follower = follower_of(request)
    followed = list(follower.subscriptions.all()[:MAX_SUBSCRIPTIONS])
    urls = addresses((one.kind, one.key) for one in followed)
    rows = [(one, urls.get((one.kind, one.key), "")) for one in followed]
    context = {
        "follower": follower,
        "rows": rows,
        "frequencies": Subscription.Frequency.choices,
        "address": follower.user.email,
        "failing": Mail.objects.filter(follower=follower, sent_at=None).exclude(error="").exists(),
        "here": _("What I follow"),
    }
    return render(request, "watch/index.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Follow something, or change how one is told of it. Raises Http404 for what there is not."""
    given = request.POST if request.method == "POST" else request.GET
    subject = subject_of(given.get("kind", ""), given.get("key", ""))
    if subject is None:
        raise Http404
    follower = follower_of(request)
    held = follower.subscriptions.filter(kind=subject.kind, key=subject.key).first()
    initial = {
        "frequency": held.frequency if held else Subscription.Frequency.IMMEDIATE,
        "mail": held.mail if held else True,
    }
    form = FollowForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if held is None and follower.subscriptions.count() >= MAX_SUBSCRIPTIONS:
            form.add_error(None, _("One account follows 1,000 things at most."))
        else:
            with transaction.atomic():
                subscription, _new = Subscription.objects.update_or_create(
                    follower=follower,
                    kind=subject.kind,
                    key=subject.key,
                    defaults={**form.cleaned_data, "label": subject.label, "paused_at": None},
                )
                FollowedKey.objects.get_or_create(subscription=subscription, kind=subject.kind, key=subject.key)
                if subject.kind == Subscription.Kind.SEARCH:
                    SavedSearch.objects.get_or_create(query=subject.key)
            messages.success(request, _("You follow: %(label)s") % {"label": subject.label})
            return redirect("watch:list")
    context = {"subject": subject, "form": form, "held": held, "trail": _trail(), "here": _("Follow")}
    return render(request, "watch/follow.html", context)


@never_cache
@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause a subscription, go on with it, or give it up."""
    one = get_object_or_404(Subscription, pk=pk, follower=follower_of(request))
    match request.POST.get("action"):
        case "pause":
            one.paused_at = timezone.now()
            one.save(update_fields=["paused_at"])
            Alert.objects.filter(subscription=one, wants_mail=True).update(wants_mail=False)
            messages.success(request, _("Paused: %(label)s") % {"label": one.label})
        case "resume":
            one.paused_at = None
            one.save(update_fields=["paused_at"])
            messages.success(request, _("You follow: %(label)s") % {"label": one.label})
        case "delete":
            _delete(one)
            messages.success(request, _("No longer followed: %(label)s") % {"label": one.label})
        case _:
            raise Http404
    return redirect("watch:list")


@transaction.atomic
def _delete(one: Subscription) -> None:
    """Give a subscription up; a search that nobody follows any more is no longer asked."""
    one.delete()
    if one.kind == Subscription.Kind.SEARCH and not FollowedKey.objects.filter(kind=one.kind, key=one.key).exists():
        SavedSearch.objects.filter(query=one.key).delete()


@never_cache
@login_required
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """What one was told of, the latest first."""
    held = Alert.objects.filter(subscription__follower=follower_of(request)).select_related(
        "change__source", "subscription"
    )
    try:
        page = Paginator(held.order_by("-at", "-pk"), PER_PAGE).page(request.GET.get("page", "1"))
    except (PageNotAnInteger, EmptyPage) as error:
        raise Http404(str(error)) from error
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "groups": groups(page.object_list),
        "trail": _trail(),
        "here": _("Alerts"),
    }
    return render(request, "watch/alerts.html", context)


@never_cache
@csrf_exempt  # the mail program posts here by itself (RFC 8058); the secret in the address is what it knows
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails: by one click of a mail program, or by the button of a page. Feeds and the list of alerts stay."""
    follower = get_object_or_404(Follower, token=token)
    if request.method == "POST":
        resume = request.POST.get("action") == "resume"
        follower.mails_stopped_at = None if resume else timezone.now()
        follower.save(update_fields=["mails_stopped_at"])
        if not resume:
            Alert.objects.filter(subscription__follower=follower, wants_mail=True).update(wants_mail=False)
    context: dict[str, Any] = {"follower": follower, "here": _("Mails"), "noindex": True}
    return render(request, "watch/unsubscribe.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(_("What I follow"), reverse("watch:list"))]
