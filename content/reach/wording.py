"""What REACH pages say, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content.provenance.models import Change
from content.reach.check.judging import Answer
from content.reach.duties import Duty, Following
from content.reach.models import Guidance, ListEntry

REASONS = {
    "57a": _("Carcinogenic (Article 57a)"),
    "57b": _("Mutagenic (Article 57b)"),
    "57c": _("Toxic for reproduction (Article 57c)"),
    "57d": _("Persistent, bioaccumulative and toxic, PBT (Article 57d)"),
    "57e": _("Very persistent and very bioaccumulative, vPvB (Article 57e)"),
    "57f": _("Equivalent level of concern (Article 57f)"),
}
DUTIES = {
    Duty.INFORM: _("Tell recipients of articles above 0.1 % w/w, and consumers who ask within 45 days (Article 33)"),
    Duty.SCIP: _("Enter articles above 0.1 % w/w into the SCIP database (Directive 2008/98/EC, Article 9(1)(i))"),
    Duty.NOTIFY: _("Notify ECHA where articles above 0.1 % w/w hold over one tonne a year in all (Article 7(2))"),
    Duty.SAFETY_DATA: _("Supply a safety data sheet for the substance and for mixtures that hold it (Article 31)"),
    Duty.AUTHORISATION: _(
        "No placing on the market and no use after the sunset date without an authorisation (Article 56)"
    ),
    Duty.RESTRICTION: _(
        "Manufacture, placing on the market and use only as the conditions of Annex XVII allow (Article 67)"
    ),
}
ANSWERS = {
    Answer.LISTED: pgettext_lazy("answer", "Listed"),
    Answer.NOT_LISTED: pgettext_lazy("answer", "Not listed"),
    Answer.BAD_NUMBER: pgettext_lazy("answer", "Wrong number"),
    Answer.AMBIGUOUS: pgettext_lazy("answer", "Ambiguous"),
    Answer.EMPTY: pgettext_lazy("answer", "Nothing to check"),
}
EXPLANATIONS = {
    Answer.LISTED: "",
    Answer.NOT_LISTED: _("On none of the lists held here."),
    Answer.BAD_NUMBER: _(
        "The check digit is wrong, so this is the number of no substance: compare it with the supplier's data."
    ),
    Answer.AMBIGUOUS: _("Its numbers and its name mean different substances."),
    Answer.EMPTY: _("Neither a number nor a name."),
}
FIELDS = {
    "number": _("entry number"),
    "included": _("date of inclusion"),
    "reason_text": _("reason for inclusion"),
    "reasons": _("reason for inclusion"),
    "latest_application": _("latest application date"),
    "application_note": _("remarks on the latest application date"),
    "sunset": _("sunset date"),
    "sunset_note": _("remarks on the sunset date"),
    "conditions_url": _("conditions"),
    "decision_url": _("decision"),
    "decisions": _("decisions"),
    "members": _("members"),
    "substance": _("substance"),
    "name": pgettext_lazy("of a substance", "name"),
    "name_zh": _("Chinese name"),
    "summary_zh": _("Chinese summary"),
    "description": _("description"),
    "synonyms": _("synonyms"),
    "formula": _("molecular formula"),
    "numbers": _("registry numbers"),
}
OWN = ("name", "name_zh", "summary_zh", "description", "synonyms", "formula", "numbers")
"""Fields of a substance itself."""
ABOVE = {
    True: _("above 0.1 % w/w of the article"),
    False: _("not above 0.1 % w/w of the article"),
    None: _("concentration in the article unknown"),
}


def reasons(letters: Iterable[str]) -> list[str]:
    return [str(REASONS[one]) for one in letters if one in REASONS]


def duty(one: Following) -> str:
    """The duty, and from when."""
    return f"{DUTIES[one.duty]}{_(', from %(day)s') % {'day': one.since} if one.since else ''}"


def guidance_label(field: str) -> str:
    """A field of a guidance document."""
    named = "replaced_by" if field == "replaced_by_id" else field
    return str(getattr(Guidance._meta.get_field(named), "verbose_name", named)) if named else ""


def guidance_change(change: Change) -> str:
    """A change of a guidance document in one line of plain text."""
    if change.kind != Change.Kind.FIELD:
        return str(change.get_kind_display())
    if change.field == "sha256":
        return gettext("another file")
    values = {"field": guidance_label(change.field), "old": _said(change.old), "new": _said(change.new)}
    return gettext("%(field)s was %(old)s, now %(new)s") % values


def retired(number: str, replaced_by: str) -> str:
    """That a number is no longer one."""
    if replaced_by:
        values = {"number": number, "new": replaced_by}
        return gettext("The registry deleted number %(number)s; it is now %(new)s.") % values
    return gettext("The registry deleted number %(number)s.") % {"number": number}


def field_label(field: str) -> str:
    """A field of a substance, or of an entry with its list."""
    list_name, _dot, name = field.rpartition(".")
    label = str(FIELDS.get(name, name))
    listed = dict(ListEntry.List.choices).get(list_name or name)
    return f"{listed}: {label}" if listed and list_name else str(listed or label)


def change(kind: str, field: str, old: object, new: object) -> str:
    """A change in words. ``field`` is a list, or a list and one of its entry's fields."""
    if kind == Change.Kind.CREATED:
        return gettext("added here")
    if kind in (Change.Kind.HIDDEN, Change.Kind.SHOWN):
        return str(Change.Kind(kind).label)
    if field in OWN:
        values = {"field": FIELDS[field], "old": _said(old), "new": _said(new)}
        return gettext("%(field)s was %(old)s, now %(new)s") % values
    list_name, _dot, name = field.partition(".")
    label = str(dict(ListEntry.List.choices).get(list_name, list_name))
    if name == "members" and isinstance(new, list) and isinstance(old, list):
        return "; ".join(filter(None, (_members(label, gettext("joined"), new), _members(label, gettext("left"), old))))
    if not name:
        return gettext("on the list since %(day)s: %(list)s") % {"day": new, "list": label}
    title = FIELDS.get(name, name)
    return gettext("%(list)s: %(field)s was %(old)s, now %(new)s") % {
        "list": label,
        "field": title,
        "old": _said(old),
        "new": _said(new),
    }


def _members(label: str, how: str, named: list[str]) -> str:
    """Members of a group that joined or left it."""
    if not named:
        return ""
    values = {"list": label, "how": how, "named": ", ".join(named)}
    return gettext("%(list)s, members of the group that %(how)s: %(named)s") % values


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return str(value) if value not in (None, "") else "–"
