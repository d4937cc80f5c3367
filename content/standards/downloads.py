"""Files of standards: who may have them, and the name they are saved under."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import serving
from content.standards.models import File, Standard
from content.standards.views import Gone, find, gone_page


@require_safe
def serve(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """The file, whole or a range of it; ``?download=1`` saves it instead of opening it."""
    try:
        standard = find(slug)
    except Gone as gone:
        return gone_page(request, gone.standard)
    file = get_object_or_404(File, standard=standard, name=name)
    file.standard = standard
    if file.access != Standard.Access.FULL_TEXT:
        return render(request, "standards/no_access.html", {"standard": standard, "file": file}, status=403)
    return serving.serve(
        request,
        serving.Served(
            file.content,
            file.media_type,
            file.size,
            file.sha256,
            file.added_at,
            saved_name(file),
            lambda: File.objects.filter(pk=file.pk).update(downloads=F("downloads") + 1),
        ),
    )


def saved_name(file: File) -> str:
    """``ISO 9001-2015 Quality management systems.pdf``: designation and title in characters any file system takes."""
    suffix = PurePosixPath(file.name).suffix.lower()
    if not re.fullmatch(r"\.[a-z0-9]{1,8}", suffix):
        suffix = ""
    return serving.safe_name(file.standard.designation, file.standard.title, suffix)
