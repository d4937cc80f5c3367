"""TBT notifications as documents of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from django.utils import timezone

from content.standards.models import IcsClass
from content.tbt import codes as products
from content.tbt import documents, harmonized, members
from content.tbt.documents import RECORD_TYPE as RECORD_TYPE
from content.tbt.documents import public_ids
from content.tbt.models import Notification, Wording
from content.tbt.thread import last_day
from search import schema
from search.documents.standards import checksum, first_day
from search.engines.base import Document
from search.text import codes

__all__ = [
    "RECORD_TYPE",
    "depending_on",
    "document_of",
    "notification_documents",
    "notification_records",
    "public_ids",
]

BODY = "WTO"
WEIGHT = 70
"""Below standards and regulations that match as well: who types words mostly looks for those."""
ISSUED_WEIGHT = 60
"""Of an addendum or another document to a notification, which comes after it."""
_CALLED = {"zh": "TBT 通报", "en": "TBT notification"}


def document_of(one: Notification, ics: dict[str, IcsClass]) -> Document:
    """The one document of a notification, which has its texts loaded; ``ics`` are the classes that it names."""
    texts = {each.language: each for each in one.wordings.all()}
    wider_hs = _each(products.wider_hs, one.hs)
    wider_ics = _each(products.wider_ics, one.ics)
    worded = {language: [each.products, each.description, each.objective] for language, each in texts.items()}
    foreign = [each.title for language, each in texts.items() if language in ("fr", "es") and each.title]
    chinese, english = texts.get("zh"), texts.get("en")
    document = {
        schema.KEY.name: f"{RECORD_TYPE}:{one.pk}",
        schema.TYPE.name: RECORD_TYPE,
        schema.PARENT.name: f"{RECORD_TYPE}:{one.pk}",
        schema.SLUG.name: one.slug,
        schema.DESIGNATION.name: [one.symbol],
        schema.FAMILY.name: [one.base],
        schema.SORT_KEY.name: f"~ {one.slug}",  # after all designations
        schema.TITLE_ZH.name: chinese.title if chinese else "",
        schema.TITLE_EN.name: english.title if english else "",
        schema.TITLE_FR.name: "\n".join(foreign),
        schema.SUBJECTS_ZH.name: _subjects(one, "zh", chinese, ics),
        schema.SUBJECTS_EN.name: _subjects(one, "en", english, ics),
        schema.CONTENT_ZH.name: "\n".join(filter(None, worded.get("zh", ()))),
        schema.CONTENT_EN.name: "\n".join(
            text for language in ("en", "fr", "es") for text in worded.get(language, ()) if text
        ),
        schema.CODES.name: codes("\n".join((one.symbol, one.number, *(each.title for each in texts.values())))),
        schema.BODY.name: BODY,
        schema.ICS.name: wider_ics,
        schema.HS.name: wider_hs,
        schema.MEMBER.name: one.member,
        schema.YEAR.name: int(one.circulated[:4]) if one.circulated else None,
        schema.LANGUAGE.name: sorted(texts),
        schema.PUBLISHED.name: first_day(one.circulated),
        schema.DEADLINE.name: _last(one.deadline),
        schema.UPDATED.name: timezone.localdate(one.updated_at),
        schema.WEIGHT.name: WEIGHT if one.kind == Notification.Kind.BASE else ISSUED_WEIGHT,
    }
    document = {name: value for name, value in document.items() if value not in (None, "", [])}
    document[schema.CHECKSUM.name] = checksum([document])
    return document


def notification_documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of the public ones among these, in the order of their ids. Three queries."""
    held = documents.public(ids)
    ics = IcsClass.objects.in_bulk({code for one in held.values() for code in _each(products.wider_ics, one.ics)})
    for pk in ids:
        if pk in held:
            yield document_of(held[pk], ics)


def notification_records(ids: Sequence[int]) -> Iterator[Document]:
    """Likewise, without the checksum."""
    for document in notification_documents(ids):
        del document[schema.CHECKSUM.name]
        yield document


def depending_on(_ids: Sequence[int]) -> set[int]:
    """No notification's document says anything about another; the deadline of a thread is written to all of it."""
    return set()


def _each(wider: Callable[[str], tuple[str, ...]], stated: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(code for given in stated for code in wider(given)))


def _subjects(one: Notification, language: str, text: Wording | None, ics: dict[str, IcsClass]) -> str:
    """What it is called, who notifies, and the names of the classes of its products."""
    classes = [ics[code] for code in _each(products.wider_ics, one.ics) if code in ics]
    headings = [harmonized.get(code) for code in _each(products.wider_hs, one.hs) if len(code) <= 4]
    named = (
        _CALLED[language],
        members.name(one.member, language),
        text.agency if text else "",
        *(getattr(each, f"title_{language}") for each in (*classes, *headings) if each),
    )
    return "\n".join(filter(None, named))


def _last(partial: str) -> date | None:
    """The last day of a partial date; a deadline of a month ends with it."""
    if not partial:
        return None
    year, month, day = (int(part) for part in last_day(partial).split("-"))
    while day:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
    return None
