"""One line of a list of results."""

from __future__ import annotations

from dataclasses import dataclass, field

from content.standards.models import CcsClass, IcsClass
from content.standards.models.standards import title_languages
from search.records import Row


@dataclass(slots=True)
class Line:
    """What is shown of a record. Not frozen: a page makes twenty, and a frozen one takes three times as long to make.

    ``titles``: ISO 639-1 code → title as published, empty ones left out. ``dates``: name (``published``, ``effective``,
    ``withdrawn``, ``listed``) → partial date. ``text`` is what a snippet is taken from.
    """

    type: str
    id: int
    url: str
    designation: str
    """What it is called for short: a designation, a number of a document."""
    titles: dict[str, str]
    text: str
    status: str
    status_label: str
    dates: dict[str, str]
    body: str
    """Code of who issues it."""
    issuer: str
    """Their name in the reader's language."""
    access_label: str = ""
    """Where its text can be read here: a word for that."""
    ics: tuple[IcsClass, ...] = ()
    ccs: tuple[CcsClass, ...] = ()
    identifiers: frozenset[str] = field(default_factory=frozenset)
    """Registry numbers under which it is meant when one is typed."""
    record: Row | None = None
    """The standard that it is, if it is one."""

    @property
    def ordered(self) -> list[tuple[str, str]]:
        """Languages and titles, first the one that the reader wants."""
        return [(language, self.titles[language]) for language in title_languages() if language in self.titles]
