"""Acts of the Union that amended the annexes of REACH, as far as they are held among the regulations.

They name what they amend in their titles: "amending Annex XVII to Regulation (EC) No 1907/2006 … (REACH) as regards …"
(Joint Practical Guide of the Union's institutions, 18.11 to 18.15).
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from content.reach.models import ListEntry
from content.regulations.models import Regulation

REACH = "1907/2006"
ANNEXES = {ListEntry.List.AUTHORISATION: "Annex XIV", ListEntry.List.RESTRICTION: "Annex XVII"}
MAX_ACTS = 100


def amending(list_name: str = "") -> QuerySet[Regulation]:
    """Acts that amended an annex, the newest first; of every annex where none is named, none for the Candidate List,
    which ECHA itself keeps. One query."""
    annexes = [annex for one, annex in ANNEXES.items() if list_name in ("", one)]
    named = Q(pk__in=[])
    for annex in annexes:
        pattern = rf"{annex}([^A-Z]|$)"
        named |= Q(title__regex=pattern) | Q(title_en__regex=pattern)
    of_reach = Q(title__contains=REACH) | Q(title_en__contains=REACH)
    return Regulation.objects.public().filter(named & of_reach).order_by("-amended", "title", "pk")[:MAX_ACTS]
