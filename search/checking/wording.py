"""What a check says, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from content.sheets.docx import EDGE
from content.sheets.pieces import Place, Unit
from content.standards.models.standards import title_languages
from search.checking.reports import Row
from search.checking.verdicts import Held, Reason, Verdict

VERDICTS = {
    Verdict.CURRENT: pgettext_lazy("verdict", "Current"),
    Verdict.UPCOMING: pgettext_lazy("verdict", "Not yet in force"),
    Verdict.SUPERSEDED: pgettext_lazy("verdict", "Superseded"),
    Verdict.WITHDRAWN: pgettext_lazy("verdict", "Withdrawn"),
    Verdict.TITLE_MISMATCH: pgettext_lazy("verdict", "Title differs"),
    Verdict.NOT_HELD: pgettext_lazy("verdict", "Not held"),
    Verdict.AMBIGUOUS: pgettext_lazy("verdict", "Ambiguous"),
    Verdict.UNCLEAR: pgettext_lazy("verdict", "Unclear"),
}
SHAPES = {
    Verdict.CURRENT: "in_force",
    Verdict.UPCOMING: "upcoming",
    Verdict.SUPERSEDED: "superseded",
    Verdict.WITHDRAWN: "withdrawn",
}
"""Which shape and colour of a status a verdict has; the rest have that of an unknown one."""

_REASONS = {
    Reason.IN_FORCE: gettext_lazy("It is in force."),
    Reason.UNDATED: gettext_lazy("Named without a year: the edition in force is meant."),
    Reason.NOT_YET: gettext_lazy("It is published but not yet in force."),
    Reason.REPLACED: gettext_lazy("It was replaced."),
    Reason.LATER_EDITION: gettext_lazy("This edition is not held, but a later one is in force."),
    Reason.WITHDRAWN: gettext_lazy("It was withdrawn, and nothing is known to have taken its place."),
    Reason.STATUS_UNKNOWN: gettext_lazy("No source says whether it is in force."),
    Reason.DRAFT: gettext_lazy("It is being drafted."),
    Reason.TITLE: gettext_lazy("The title beside it is not the title of this standard."),
    Reason.SERIES: gettext_lazy("It names all parts of a standard; each part has its own standing."),
    Reason.NEAR: gettext_lazy("Not held as written; something like it is."),
    Reason.OTHER_EDITIONS: gettext_lazy("This edition is not held; other editions are."),
    Reason.NOTHING: gettext_lazy("No record of it is held."),
    Reason.BEFORE: gettext_lazy("It was not yet in force on that day."),
    Reason.AFTER: gettext_lazy("It was no longer in force on that day."),
    Reason.DATES_UNKNOWN: gettext_lazy("The sources do not say from when to when it was in force."),
}


def reasons(row: Row) -> str:
    """Why the verdict is what it is."""
    said = [str(_REASONS[row.finding.reason])]
    if row.finding.title_differs and row.finding.reason is not Reason.TITLE:
        said.append(str(_REASONS[Reason.TITLE]))
    return " ".join(said)


def place(one: Place) -> str:
    """Where, in words."""
    match one.unit:
        case Unit.LINE:
            return _("line %(number)s") % {"number": one.at}
        case Unit.PAGE:
            return pgettext("place", "page %(number)s") % {"number": one.at}
        case Unit.PARAGRAPH:
            return _("paragraph %(number)s") % {"number": one.at} if one.at != EDGE else _("header or footer")
        case Unit.TABLE:
            return _("table %(table)s, cell %(cell)s") % {"table": one.within, "cell": one.at}
        case Unit.NOTE:
            return _("note %(number)s") % {"number": one.at}
    return f"{one.within}!{one.at}" if one.within else one.at


def places(row: Row, most: int = 6) -> str:
    """The first places, and how many more there are."""
    said = _("; ").join(place(one) for one in row.places[:most])
    if (more := row.count - min(most, len(row.places))) > 0:
        said += " " + ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
    return said


def title(held: Held) -> str:
    """In the reader's language where there is one."""
    known = dict(held.titles)
    return next((known[code] for code in title_languages() if code in known), "")


def names(held: Sequence[Held]) -> str:
    return _(", ").join(one.designation for one in held)
