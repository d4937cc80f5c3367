"""What follows for whom from an entry of a list. Pure.

Sources: Regulation (EC) No 1907/2006, articles 7(2), 31(1), 31(3), 33, 56 and 67; Directive 2008/98/EC, article 9(1)(i)
(SCIP); Court of Justice, C-106/14 of 10 September 2015: the threshold of 0.1 % counts for each article of a product.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

THRESHOLD = 0.1
"""Per cent by weight of an article."""


class Duty(StrEnum):
    INFORM = "inform"
    """Article 33: tell recipients, and within 45 days consumers who ask."""
    SCIP = "scip"
    """Article 9(1)(i) of Directive 2008/98/EC: enter the article into the SCIP database."""
    NOTIFY = "notify"
    """Article 7(2): notify ECHA above one tonne a year, within six months of inclusion."""
    SAFETY_DATA = "safety_data"
    """Article 31: a safety data sheet for the substance and for mixtures that hold it."""
    AUTHORISATION = "authorisation"
    """Article 56: no placing on the market and no use after the sunset date without an authorisation."""
    RESTRICTION = "restriction"
    """Article 67: only as the conditions of Annex XVII allow."""


@dataclass(frozen=True, slots=True)
class Following:
    """A duty and the day from which it applies, where that is in the future or known."""

    duty: Duty
    since: str = ""


def of_entry(list_name: str, included: str, sunset: str) -> tuple[Following, ...]:
    """Duties that an entry of a list brings, for substances on their own, in mixtures and in articles."""
    match list_name:
        case "candidate":
            return (
                Following(Duty.INFORM, included),
                Following(Duty.SCIP, max(included, "2021-01-05") if included else ""),
                Following(Duty.NOTIFY, six_months_after(included)),
                Following(Duty.SAFETY_DATA, included),
            )
        case "authorisation":
            return (Following(Duty.AUTHORISATION, sunset),)
    return (Following(Duty.RESTRICTION, included),)


def of_article(list_name: str, included: str, per_cent: float | None) -> tuple[Following, ...]:
    """Duties for an article that holds the substance; ``per_cent`` by weight, None where nobody said."""
    if list_name == "restriction":
        return (Following(Duty.RESTRICTION, included),)
    if list_name != "candidate" or (per_cent is not None and per_cent <= THRESHOLD):
        return ()
    return tuple(one for one in of_entry("candidate", included, "") if one.duty is not Duty.SAFETY_DATA)


def six_months_after(day: str) -> str:
    """Article 7(7): not later than six months after inclusion."""
    try:
        start = date.fromisoformat(day)
    except ValueError:
        return ""
    month = start.month + 6
    year, month = start.year + (month > 12), month - 12 * (month > 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month, last).isoformat()
        except ValueError:
            continue
    return ""
