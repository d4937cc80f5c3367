"""What an act's record takes from its versions, today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from content.regulations import standing
from content.regulations.models import Citation, Regulation, Version

FIELDS = (
    *("title", "title_en", "number", "eli", "body", "url", "articles"),
    *("published", "effective", "amended", "expired", "validity", "validity_basis"),
)
"""Fields of an act that follow from its versions."""
_NEWEST = ("title", "title_en", "body", "eli", "url")


def repeals_of(regulations: Iterable[Regulation]) -> dict[str, list[str]]:
    """By ``match``: from which days other acts that are public repeal them. Two queries.

    They are not one with two joins: where statistics were taken while the tables were being filled, PostgreSQL thinks
    them empty and goes through all pairs of their rows.
    """
    rows = list(
        Citation.objects.filter(repeals=True, key__in=[one.match for one in regulations], since__gt="")
        .order_by()
        .values_list("key", "since", "version")
    )
    repealing = Version.objects.filter(pk__in={version for _key, _since, version in rows})
    public = set(repealing.filter(regulation__hidden_at__isnull=True).order_by().values_list("pk", flat=True))
    found: dict[str, list[str]] = defaultdict(list)
    for key, since, version in rows:
        if version in public:
            found[key].append(since)
    return found


def span(version: Version) -> standing.Span:
    """A version as the rules of standing see it."""
    return standing.Span(version.date, version.start, version.expired, version.stated)


def repealed_from(versions: Sequence[Version], repeals: Iterable[str]) -> str:
    """The day from which the act is repealed, or empty.

    A repeal from before the newest version meant an earlier act of that title, which was made anew since.
    """
    newest = max((version.date for version in versions), default="")
    return min((since for since in repeals if since > newest), default="")


def values_of(
    regulation: Regulation, versions: Sequence[Version], repeals: Iterable[str], today: str
) -> tuple[dict[str, Any], list[Version]]:
    """The values of FIELDS, and the versions whose validity is another than before, with the new one set."""
    ended = repealed_from(versions, repeals)
    spans = [span(one) for one in versions]
    turned = []
    for version, state in zip(versions, standing.validity(spans, today, ended), strict=True):
        if version.validity != state:
            version.validity = state
            turned.append(version)
    at = standing.shown(spans, today)
    if at is None:
        return {}, turned
    current = versions[at]
    newest_first = sorted(versions, key=lambda one: (one.date <= current.date, one.date, one.pk or 0), reverse=True)
    oldest_first = sorted(versions, key=lambda one: (one.date, one.pk or 0))
    values: dict[str, Any] = {
        name: next((value for one in newest_first if (value := getattr(one, name))), getattr(regulation, name))
        for name in _NEWEST
    }
    values["number"] = next((one.number for one in oldest_first if one.number), "")
    values["articles"] = current.articles
    values["published"] = next((one.date for one in oldest_first if one.date), "")
    values["effective"] = oldest_first[0].effective or (current.effective if len(versions) == 1 else "")
    values["amended"] = current.date
    values["expired"] = current.expired or ended
    values["validity"] = current.validity
    values["validity_basis"] = Regulation.Basis.SOURCE if current.stated else Regulation.Basis.DERIVED
    return values, turned


def renewed(
    regulation: Regulation, versions: Sequence[Version], repeals: Iterable[str], today: str
) -> tuple[dict[str, tuple[Any, Any]], list[Version]]:
    """Give an act the values of its versions, but for fields that an editor has set.

    Answers what changed, by field (old, new), and the versions of another validity. Nothing is saved.
    """
    values, turned = values_of(regulation, versions, repeals, today)
    changed: dict[str, tuple[Any, Any]] = {}
    for name, value in values.items():
        lock = "validity" if name == "validity_basis" else name
        old = getattr(regulation, name)
        if old != value and lock not in regulation.locked_fields:
            changed[name] = old, value
            setattr(regulation, name, value)
    return changed, turned


def due(today: date) -> Q:
    """Acts of which a version or a repeal has come into force and whose record does not say so yet."""
    day = today.isoformat()
    begun = Version.objects.filter(validity=standing.UPCOMING, start__lte=day).values("regulation")
    ended = Version.objects.exclude(validity=standing.REPEALED).filter(expired__gt="", expired__lte=day)
    repealed = Citation.objects.filter(repeals=True, since__gt="", since__lte=day).values("key")
    return (
        Q(pk__in=begun)
        | Q(pk__in=ended.values("regulation"))
        | (Q(match__in=repealed) & ~Q(validity=standing.REPEALED))
    )
