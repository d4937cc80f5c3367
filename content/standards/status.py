"""Status of a standard from what its publisher says and from the calendar.

Sources of the rules: 强制性国家标准管理办法 and GB/T 1.1 for 实施日期 (a standard is in force from its effective
date); ISO International harmonized stage codes (ISO Guide 69:1999, https://www.iso.org/stage-codes.html) for stages.
A later edition never changes its predecessor's own dates: only what a source says of the predecessor does.
"""

from __future__ import annotations

from datetime import date

from content.standards.items import StatusCode

STAGES: dict[str, StatusCode] = {
    # 00 to 50: preliminary, proposal, preparatory, committee, enquiry, approval
    **{
        f"{stage}.{step}": "draft"
        for stage in ("00", "10", "20", "30", "40", "50")
        for step in ("00", "20", "60", "92", "93", "99")
    },
    **{f"{stage}.98": "withdrawn" for stage in ("00", "10", "20", "30", "40", "50")},  # project deleted
    "60.00": "upcoming",  # under publication
    "60.60": "in_force",  # published
    "90.20": "in_force",  # under periodical review
    "90.60": "in_force",  # close of review
    "90.92": "in_force",  # to be revised
    "90.93": "in_force",  # confirmed
    "90.99": "in_force",  # withdrawal proposed by the committee
    "95.20": "in_force",  # withdrawal ballot initiated
    "95.60": "in_force",  # close of withdrawal ballot
    "95.92": "in_force",  # decision not to withdraw
    "95.99": "withdrawn",
}
"""ISO harmonized stage code → status."""


def of_stage(stage: str, *, replaced: bool = False) -> StatusCode:
    """Status of an ISO harmonized stage code (``"60.60"``); KeyError for a code that is not one.

    A withdrawn document that another one replaces is superseded.
    """
    status = STAGES[stage]
    return "superseded" if stage == "95.99" and replaced else status


def on(day: date, *, said: str, effective: str = "", withdrawn: str = "", replaced: bool = False) -> str:
    """Status on ``day``, from the source's word and partial dates (``""``, ``2015``, ``2015-09``, ``2015-09-15``).

    A date without a day counts as its first day for the start and is not used for the end, where it would be a guess.
    """
    if said in ("draft", "unknown"):
        return said
    if said in ("superseded", "withdrawn"):
        # Announced with a later date of withdrawal (过渡期): still in force until then.
        if len(withdrawn) == 10 and withdrawn > day.isoformat():
            return "upcoming" if effective and first_day(effective) > day.isoformat() else "in_force"
        return "superseded" if replaced else said
    if len(withdrawn) == 10 and withdrawn <= day.isoformat():
        return "superseded" if replaced else "withdrawn"
    if effective:
        return "upcoming" if first_day(effective) > day.isoformat() else "in_force"
    return said


def first_day(partial: str) -> str:
    """``2015`` → ``2015-01-01``; ``2015-09`` → ``2015-09-01``; a full date as it is."""
    return (partial + "-01-01")[:10] if len(partial) == 4 else (partial + "-01")[:10]
