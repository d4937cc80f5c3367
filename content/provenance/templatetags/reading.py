"""What templates say of texts that sources wrote, so that they are read out and broken into lines rightly."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")

FREQUENCIES = {"daily": _("daily"), "weekly": _("weekly"), "monthly": _("monthly"), "once": _("once")}


@register.filter
def frequency(code: str) -> str:
    """How often a source is read, in the reader's language."""
    return str(FREQUENCIES.get(code, code))


@register.filter
def script_language(text: object) -> str:
    """The language to mark a name with (``lang``): Chinese where it has Chinese characters, else English."""
    return "zh-Hans" if _HAN.search(str(text)) else "en"
