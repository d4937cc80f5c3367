"""What templates show of regulations, also those of other subjects."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.translation import gettext as _

from content.regulations import linking, wording
from content.regulations.models import Citation, Version
from content.standards.models import Standard

register = template.Library()

_ARTICLE = re.compile(r"\barticle-([0-9]+[a-z]{0,3}(?:-[0-9]+)?)$")


@register.filter
def validity_shape(validity: str) -> str:
    """The status of standards whose shape and colour stand for a validity."""
    return dict(wording.SHAPES).get(validity, "unknown")  # type: ignore[call-overload, no-any-return]


@register.filter
def version_label(version: Version) -> str:
    """The day of a version and how it came about."""
    return wording.version_label(version)


@register.filter
def version_address(version: Version, slug: str) -> str:
    """The page of a version; ``slug`` is its act's."""
    return version.address(slug)


@register.filter
def place_name(anchor: str) -> str:
    """An anchor in words: the number of the article, else the anchor itself."""
    found = _ARTICLE.search(anchor)
    return _("Article %(number)s") % {"number": found[1]} if found else anchor


@register.inclusion_tag("regulations/citing_standard.html")
def regulations_citing(standard: Standard) -> dict[str, Any]:
    """The regulations whose texts cite a standard, with its year or without. One query."""
    keys = list({standard.slug, standard.undated_slug})
    return {"citing": linking.acts_citing(Citation.Kind.STANDARD, keys)}
