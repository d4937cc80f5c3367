"""What pages of regulations say, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from content.provenance.models import Change
from content.regulations.models import Kind, Regulation, Validity, Version
from content.regulations.text.comparing import ADDED, CHANGED, MOVED, REMOVED, SAME

SHAPES = {
    Validity.IN_FORCE: "in_force",
    Validity.AMENDED: "superseded",
    Validity.UPCOMING: "upcoming",
    Validity.REPEALED: "withdrawn",
}
"""Which shape and colour of the statuses of standards stands for which validity."""
ROWS = {
    ADDED: pgettext_lazy("comparison of an article", "Added"),
    REMOVED: pgettext_lazy("comparison of an article", "Removed"),
    CHANGED: pgettext_lazy("comparison of an article", "Changed"),
    MOVED: pgettext_lazy("comparison of an article", "Moved"),
    SAME: pgettext_lazy("comparison of an article", "Unchanged"),
}
_ODDITIES = {
    "gap": gettext_lazy("%(label)s follows after a number that is left out."),
    "repeated": gettext_lazy("%(label)s comes twice."),
    "backward": gettext_lazy("%(label)s comes after a higher number."),
    "start": gettext_lazy("The text begins with %(label)s."),
}
_FIELDS = {"versions": gettext_lazy("version"), "text": gettext_lazy("text of the version")}


def oddity(said: str) -> str:
    """What is odd about a text, from ``code label``; other remarks as they are."""
    code, _blank, label = said.partition(" ")
    return str(_ODDITIES[code]) % {"label": label} if code in _ODDITIES else said


def field_label(name: str) -> str:
    """The name of a field of an act; other names stay as they are."""
    if name in _FIELDS:
        return str(_FIELDS[name])
    known = {one.name: one for one in Regulation._meta.get_fields()}.get(name)
    return str(getattr(known, "verbose_name", name))


def display_value(field: str, value: Any) -> str:
    """A stored value in the reader's words: labels for codes, nothing for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if field == "validity" and value in Validity.values:
        return str(Validity(value).label)
    if field == "kind" and value in Kind.values:
        return str(Kind(value).label)
    if isinstance(value, list):
        return "; ".join(display_value("", one) for one in value)
    return str(value)


def change_line(change: Change) -> str:
    """A change in one line of plain text."""
    if change.kind in (Change.Kind.FIELD, Change.Kind.STATUS):
        old, new = display_value(change.field, change.old), display_value(change.field, change.new)
        return f"{field_label(change.field)}: {old} → {new}" if old else f"{field_label(change.field)}: {new or '–'}"
    return str(change.get_kind_display())


def version_label(version: Version) -> str:
    """``2023-10-24 修订``."""
    day = version.date or _("undated")
    return f"{day} {version.get_kind_display()}" if version.kind != Version.Kind.OTHER else day
