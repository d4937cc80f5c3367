"""What pages of notifications say, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, get_language_info, gettext_lazy, pgettext, pgettext_lazy

from content.provenance.models import Change
from content.tbt.models import Notification, Wording
from content.tbt.thread import Stage

STAGES = {
    Stage.OPEN: pgettext_lazy("stage of a measure", "Open for comments"),
    Stage.CLOSED: pgettext_lazy("stage of a measure", "Comment period over"),
    Stage.UNDATED: pgettext_lazy("stage of a measure", "No final date for comments known"),
    Stage.ADOPTED: pgettext_lazy("stage of a measure", "Adopted"),
    Stage.IN_FORCE: pgettext_lazy("stage of a measure", "In force"),
    Stage.WITHDRAWN: pgettext_lazy("stage of a measure", "Withdrawn"),
}
SHAPES = {
    Stage.OPEN: "draft",
    Stage.CLOSED: "unknown",
    Stage.UNDATED: "unknown",
    Stage.ADOPTED: "upcoming",
    Stage.IN_FORCE: "in_force",
    Stage.WITHDRAWN: "withdrawn",
}
"""Which shape and colour of the statuses of standards stands for which stage."""
EVENTS = {
    "comments_changed": gettext_lazy("Comment period changed"),
    "adopted": gettext_lazy("Notified measure adopted"),
    "published": gettext_lazy("Notified measure published"),
    "in_force": gettext_lazy("Notified measure enters into force"),
    "final_text": gettext_lazy("Text of the final measure available"),
    "withdrawn": gettext_lazy("Notified measure withdrawn or revoked"),
    "scope_changed": gettext_lazy("Content or scope of the notified measure changed"),
    "guidance": gettext_lazy("Interpretive guidance issued"),
    "other": pgettext_lazy("reason for an addendum", "Other"),
}
"""Boxes of an addendum, "Reason for Addendum" (G/TBT/35)."""
ARTICLES = {
    "2.9.2": gettext_lazy("technical regulation of the central government"),
    "2.10.1": gettext_lazy("urgent technical regulation of the central government"),
    "3.2": gettext_lazy("technical regulation of a local government"),
    "5.6.2": gettext_lazy("conformity assessment procedure of the central government"),
    "5.7.1": gettext_lazy("urgent conformity assessment procedure of the central government"),
    "7.2": gettext_lazy("conformity assessment procedure of a local government"),
}
"""What is notified under which article of the TBT Agreement."""
_FIELDS = {"documents": gettext_lazy("texts of the measure"), "events": gettext_lazy("what happened to the measure")}


def stage(code: Stage) -> str:
    return str(STAGES[code])


def article(code: str) -> str:
    """``2.9.2: technical regulation …``; another article by itself."""
    return f"{code}{_colon()}{ARTICLES[code]}" if code in ARTICLES else code


def event(one: dict[str, Any]) -> str:
    """A ticked box with its day or remark."""
    label = str(EVENTS.get(one["kind"], one["kind"]))
    told = one.get("date") or one.get("stated") or one.get("note") or ""
    return f"{label}{_colon()}{told}" if told else label


def language_name(code: str) -> str:
    """The name of a language in the reader's language; what is no code is its own name."""
    try:
        return str(get_language_info("zh-hans" if code == "zh" else code)["name_translated"])
    except KeyError:
        return code


def text_label(name: str) -> str:
    """The name of a point of the form."""
    return str(Wording._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # it is a column


def field_label(name: str) -> str:
    """The name of a field; texts are ``title.zh``."""
    name, _dot, language = name.partition(".")
    model = Wording if language else Notification
    if name in _FIELDS:
        return str(_FIELDS[name])
    known = {one.name: one for one in model._meta.get_fields()}.get(name)
    label = str(getattr(known, "verbose_name", name))
    return f"{label} ({language_name(language)})" if language else label


def display_value(field: str, value: Any) -> str:
    """A stored value in the reader's words; nothing for nothing."""
    if field == "events" and isinstance(value, list):
        return "; ".join(event(one) for one in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def change_line(change: Change) -> str:
    """A change in one line of plain text."""
    if change.kind in (Change.Kind.FIELD, Change.Kind.STATUS):
        old, new = display_value(change.field, change.old), display_value(change.field, change.new)
        label = field_label(change.field)
        return f"{label}{_colon()}{old} → {new or '–'}" if old else f"{label}{_colon()}{new or '–'}"
    return str(change.get_kind_display())


def title_of(one: Notification) -> tuple[str, str]:
    """What a notification is called, and the language of that; its first lines where no source gives a title.

    Wants ``wordings`` prefetched. Both are empty where nothing is known.
    """
    if (titled := one.titled) is not None:
        return titled.title, titled.language
    described = next((each for each in one.in_order() if each.description), None)
    if described is None:
        return "", ""
    line = described.description.splitlines()[0]
    return (line if len(line) <= 120 else f"{line[:119]}…"), described.language


def reader() -> str:
    """``en`` or ``zh``: of the pair of languages that tables of this subject are in, the reader's."""
    return "en" if get_language() == "en" else "zh"


def _colon() -> str:
    return pgettext("between a label and its value", ": ")
