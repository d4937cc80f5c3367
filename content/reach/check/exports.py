"""The result of a check as a workbook, and the workbook to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from content.reach import wording
from content.reach.browse import HeldList
from content.reach.check.judging import Judged, Listing, Result
from content.sheets import Sheet, workbook


def xlsx(result: Result, lists: Sequence[HeldList]) -> bytes:
    """Lines, articles, and which lists were asked, with their dates."""
    lines = Sheet(
        _("Lines"),
        [
            *(_("Row"), _("Article"), _("Component"), "CAS", "EC", _("Name"), _("Concentration"), _("Answer")),
            *(_("Lists"), _("Substance"), _("Duties"), _("Remarks")),
        ],
        (
            [
                one.line.row,
                one.line.article,
                one.line.component,
                one.line.cas,
                one.line.ec,
                one.line.name,
                one.line.concentration,
                str(wording.ANSWERS[one.answer]),
                "\n".join(listing(each) for each in one.listings),
                one.substance.title if one.substance else "",
                "\n".join(wording.duty(each) for each in one.duties),
                _remarks(one),
            ]
            for one in result.lines
        ),
        (6, 20, 20, 14, 14, 30, 14, 14, 44, 40, 60, 40),
    )
    articles = Sheet(
        _("Articles"),
        [_("Article"), _("Substance"), _("Per cent by weight"), _("Threshold of 0.1 % w/w"), _("Rows")],
        (
            [
                one.article,
                one.substance.title,
                one.per_cent if one.known else None,
                str(wording.ABOVE[one.above]),
                ", ".join(map(str, one.lines)),
            ]
            for one in result.articles
        ),
        (24, 50, 18, 36, 24),
    )
    about = Sheet(
        _("Lists"),
        [_("List"), _("Entries"), _("Newest entry"), _("As of")],
        ([one.label, one.size, one.newest, one.as_of.isoformat() if one.as_of else ""] for one in lists),
        (44, 12, 16, 16),
    )
    return workbook([lines, articles, about], title=_("REACH check"))


def _remarks(one: Judged) -> str:
    retired = (wording.retired(*pair) for pair in one.retired)
    return "; ".join(filter(None, (str(wording.EXPLANATIONS[one.answer]), *one.bad, *retired)))


def template() -> bytes:
    """Headings and one line that shows what goes where."""
    headings = [_("Article"), _("Component"), "CAS", "EC", _("Name"), _("Concentration")]
    example = [_("Cable"), _("Sheath"), "117-81-7", "204-211-0", "Bis(2-ethylhexyl) phthalate (DEHP)", "0.2 %"]
    return workbook([Sheet(_("Bill of materials"), headings, [example], (20, 20, 14, 14, 40, 16))])


def listing(one: Listing) -> str:
    """Which list since when, and by which group."""
    said = f"{one.entry.get_list_name_display()} {one.entry.included}".strip()
    if one.entry.number:
        said += " " + _("entry %(number)s") % {"number": one.entry.number}
    if one.group is not None:
        said += " " + _("(as a member of: %(group)s)") % {"group": one.group.title[:120]}
    return said
