"""Pages of the bills of materials that one person keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from content.reach.browse import lists_held
from content.reach.check import exports, saving
from content.reach.check.judging import judge
from content.reach.check.lines import MAX_LINES, TooManyLines, lines_of
from content.reach.check.views import XLSX, read_again, shown_result
from content.reach.models import SavedList
from content.reach.updates import newest, touched, touched_since, updates

HELD = "reach_list"
"""Name in the session of a list that waits for its owner to sign in."""
HOLD = timedelta(hours=1)
MAX_HELD = 2_000_000
"""Characters of it."""


class NameForm(forms.Form):
    """What a list is called."""

    name = forms.CharField(label=gettext_lazy("Name of the list"), max_length=100, strip=True)


def user_of(request: HttpRequest) -> User:
    """The signed-in person; ``login_required`` has seen to it."""
    return cast(User, request.user)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keeps the list of a result. Whoever has not signed in does so first; the list waits in the session that long."""
    try:
        rows, name = request.POST.get("rows", ""), request.POST.get("name", "").strip()[:100]
    except RequestDataTooBig:
        rows, name = "", ""
    if not rows or len(rows) > MAX_HELD:
        messages.error(request, _("The list is empty or too large to be kept. Check it as a file instead."))
        return redirect("reach:check")
    if not request.user.is_authenticated:
        request.session[HELD] = {"rows": rows, "name": name, "at": timezone.now().isoformat()}
        request.session.set_expiry(HOLD)
        return redirect_to_login(reverse("reach:waiting"), login_url=settings.LOGIN_URL)
    return _keep(request, rows, name)


@never_cache
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """After signing in: keeps the list that waited."""
    held = request.session.pop(HELD, None)
    request.session.set_expiry(None)
    since = parse_datetime(held["at"]) if held else None
    if since is None or timezone.now() - since > HOLD:
        messages.info(request, _("No list waits to be kept. Check it once more."))
        return redirect("reach:check")
    return _keep(request, held["rows"], held["name"])


def _keep(request: HttpRequest, rows: str, name: str) -> HttpResponse:
    named = name or _("List of %(day)s") % {"day": timezone.localdate().isoformat()}
    try:
        saved = saving.save(user_of(request), named, read_again(rows))
    except saving.TooManyLists:
        most = {"count": saving.MAX_LISTS}
        messages.error(request, _("You keep %(count)d lists already. Delete one first.") % most)
        return redirect("reach:saved-lists")
    except TooManyLines:
        many = _("There are more than %(count)s lines. Split the list.") % {"count": f"{MAX_LINES:,}"}
        messages.error(request, many)
        return redirect("reach:check")
    messages.success(request, _("The list is kept. Only you see it."))
    return redirect(saved)


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What one keeps, and which of it the newest update of the Candidate List touches."""
    user = user_of(request)
    latest = newest(updates("candidate")).get("candidate")
    lines = saving.touched_lines(touched(latest), user) if latest else {}
    context = {
        "rows": [(one, lines.get(one.pk, [])) for one in SavedList.objects.filter(user=user).defer("rows")],
        "latest": latest,
        "most": saving.MAX_LISTS,
        "trail": [(_("REACH"), reverse("reach:index")), (_("REACH check"), reverse("reach:check"))],
        "here": _("My lists"),
    }
    return render(request, "reach/saved_lists.html", context)


@never_cache
@login_required
@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """A list as it is judged now, and what has touched it since its owner last took note."""
    saved = _own(request, key)
    result = judge(lines_of(saved.rows))
    if request.GET.get("as") == "xlsx":
        response = HttpResponse(exports.xlsx(result, lists_held()), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="reach-check.xlsx"'
        return response
    context = shown_result(result, saved.rows) | {
        "saved": saved,
        "changed": saving.touched_lines(touched_since(saved.judged_at), user_of(request)).get(saved.pk, []),
        "form": NameForm({"name": saved.name}),
        "trail": [(_("REACH"), reverse("reach:index")), (_("My lists"), reverse("reach:saved-lists"))],
        "here": saved.name,
    }
    return render(request, "reach/result.html", context)


@never_cache
@login_required
@require_POST
def take_note(request: HttpRequest, key: str) -> HttpResponse:
    """What changed so far is known to the owner; the list tells of what comes after."""
    saved = _own(request, key)
    saving.take_note(saved)
    return redirect(saved)


@never_cache
@login_required
@require_POST
def rename(request: HttpRequest, key: str) -> HttpResponse:
    """Gives a list another name."""
    saved, form = _own(request, key), NameForm(request.POST)
    if form.is_valid():
        saved.name = form.cleaned_data["name"]
        saved.save(update_fields=["name"])
        messages.success(request, _("The list is renamed."))
    else:
        messages.error(request, _("A list needs a name of at most 100 characters."))
    return redirect(saved)


@never_cache
@login_required
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Asks, and forgets a list with all its lines."""
    saved = _own(request, key)
    if request.method == "POST":
        saved.delete()
        messages.success(request, _("The list “%(name)s” is deleted.") % {"name": saved.name})
        return redirect("reach:saved-lists")
    context = {"saved": saved, "trail": [(_("My lists"), reverse("reach:saved-lists"))], "here": saved.name}
    return render(request, "reach/saved_delete.html", context)


def _own(request: HttpRequest, key: str) -> SavedList:
    """Raises Http404 for what is another's, as for what there is not."""
    return get_object_or_404(SavedList, key=key, user=user_of(request))
