"""All that the page of a notification shows, gathered in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from content.provenance.models import Change
from content.provenance.origins import Origin, claims_of, origins
from content.tbt import products, wording, working_days
from content.tbt.models import Notification, Wording
from content.tbt.store import RECORD_TYPE
from content.tbt.thread import Fact, Stage, Thread, last_day, thread

MAX_HISTORY = 50
MAX_DOCUMENTS = 500
"""Documents of one thread that are read; the longest has some dozens."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when comments are taken: ``left`` in working days, None for a date without a day or one that is over."""

    fact: Fact
    over: bool
    left: working_days.WorkingDays | None


@dataclass(frozen=True, slots=True)
class Text:
    """What a notification says under one point of its form, in the language that is shown."""

    label: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What the template needs."""

    one: Notification
    title: str
    title_language: str
    others: list[Wording]
    """Titles in other languages."""
    thread: Thread
    stage: Stage
    deadline: Deadline | None
    texts: list[Text]
    hs: list[products.Class]
    ics: list[products.Class]
    events: list[str]
    origins: list[Origin]
    history: list[tuple[Change, str]]

    @property
    def stage_label(self) -> str:
        return wording.stage(self.stage)

    @property
    def shape(self) -> str:
        return wording.SHAPES[self.stage]

    @property
    def articles(self) -> list[str]:
        return [wording.article(code) for code in self.one.articles]

    @property
    def languages(self) -> list[str]:
        return [wording.language_name(code) for code in self.one.languages]


def thread_of(base: str) -> Thread:
    """The public documents of a thread, with their texts. Two queries."""
    found = Notification.objects.public().filter(base=base).prefetch_related("wordings")
    return thread(found[:MAX_DOCUMENTS])


def deadline_of(found: Thread, today: date) -> Deadline | None:
    """The final date for comments on a day, None where none is known."""
    if found.deadline is None:
        return None
    over = last_day(found.deadline.day) < today.isoformat()
    full = len(found.deadline.day) == 10 and not over
    return Deadline(
        found.deadline, over, working_days.left(today, date.fromisoformat(found.deadline.day)) if full else None
    )


def load(one: Notification, found: Thread, today: date) -> Detail:
    """Everything about a document and its thread. Five queries beside those of the thread."""
    title, language = wording.title_of(one)
    changes = Change.objects.filter(record_type=RECORD_TYPE, record_id=one.pk).select_related("source")
    return Detail(
        one=one,
        title=title,
        title_language=language,
        others=[each for each in one.in_order() if each.title and each.language != language],
        thread=found,
        stage=found.stage(today),
        deadline=deadline_of(found, today),
        texts=_texts(one),
        hs=products.named("hs", one.hs),
        ics=products.named("ics", one.ics),
        events=[wording.event(each) for each in one.events],
        origins=origins(claims_of(RECORD_TYPE, one.pk)),
        history=[(change, wording.change_line(change)) for change in changes[:MAX_HISTORY]],
    )


def _texts(one: Notification) -> list[Text]:
    """Each point of the form in the reader's language, else in the first one that has it."""
    found = []
    for name in ("agency", "products", "description", "objective", "relevant", "available"):
        held = next((each for each in one.in_order() if getattr(each, name)), None)
        if held is not None:
            label = wording.text_label(name)
            found.append(Text(label, getattr(held, name), held.language))
    return found
