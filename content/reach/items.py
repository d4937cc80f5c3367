"""What a crawler hands over: one entry of one list, typed and bounded at the edge."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from content.standards.items import STORABLE, PartialDate, Url

ListName = Literal["candidate", "authorisation", "restriction"]
"""Candidate List (候选清单), Annex XIV (授权清单), Annex XVII (限制清单)."""
Reason = Literal["57a", "57b", "57c", "57d", "57e", "57f"]
Name = Annotated[str, StringConstraints(max_length=2000, min_length=1, strip_whitespace=True, pattern=STORABLE)]
Text = Annotated[str, StringConstraints(max_length=5000, strip_whitespace=True, pattern=STORABLE)]
Numbers = tuple[Annotated[str, StringConstraints(max_length=30, pattern=STORABLE)], ...]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubstanceItem(Strict):
    """A substance as a list names it; numbers as ``content.reach.numbers`` gives them, flawed ones included."""

    name: Name
    description: Text = ""
    ec: Numbers = ()
    cas: Numbers = ()


class EntryItem(Strict):
    """One entry. ``members`` are the substances that the list itself counts among a group entry."""

    key: Annotated[str, StringConstraints(max_length=200, min_length=1)]
    url: Url
    list_name: ListName
    substance: SubstanceItem
    members: tuple[SubstanceItem, ...] = ()
    number: Annotated[str, StringConstraints(max_length=20)] = ""
    """Number of the entry in its annex."""
    included: PartialDate
    reasons: tuple[Reason, ...] = ()
    """Letters of article 57."""
    reason_text: Text = ""
    latest_application: PartialDate = ""
    application_note: Text = ""
    sunset: PartialDate = ""
    sunset_note: Text = ""
    conditions_url: Url = ""
    decision_url: Url = ""
    decisions: tuple[Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")], ...] = ()
    """Days of the decisions that made or changed the entry."""
