"""Names for translation, without an index."""

from __future__ import annotations

from search.clauses import Clause, Term
from search.engines.haystack.names import Name, Names, unknown
from search.schema import Field, FieldKind

TEXT = Field("text", FieldKind.TEXT_MIXED)
TITLE = Field("title", FieldKind.TEXT_EN)
AUTHOR = Field("author", FieldKind.TEXT_MIXED)
AUTHOR_EXACT = Field("author_exact", FieldKind.KEYWORD, facet=True, sort=True)
CODE = Field("code", FieldKind.KEYWORD, facet=True, sort=True)
YEAR = Field("year", FieldKind.INTEGER, facet=True, sort=True)
PRICE = Field("price", FieldKind.FLOAT, sort=True)
DAY = Field("day", FieldKind.DATE, sort=True)
MOMENT = Field("moment", FieldKind.DATETIME, sort=True)
ACTIVE = Field("active", FieldKind.BOOLEAN, facet=True)
AUTO = Field("auto", FieldKind.EDGE_NGRAM)
KEPT = Field("kept", FieldKind.STORED)
NUMBER = Field("number", FieldKind.KEYWORD)


class SomeNames(Names):
    """``number`` is held without spaces; two fields make the content."""

    _fields = {each.name: Name(each) for each in (TITLE, CODE, YEAR, PRICE, DAY, MOMENT, ACTIVE, AUTO, KEPT)}

    def name(self, name: str) -> Name | None:
        match name:
            case "content":
                return None
            case "author":
                return Name(AUTHOR, twin=AUTHOR_EXACT)
            case "heavy":
                return Name(TITLE, weight=2.0)
            case "number":
                return Name(NUMBER, spellings=lambda text: (text.replace(" ", ""), text))
        if name not in self._fields:
            raise unknown(name)
        return self._fields[name]

    @property
    def content(self) -> tuple[Name, ...]:
        return Name(TEXT), Name(TITLE, weight=3.0)

    def words(self, text: str) -> Clause | None:
        return None

    def asked(self, text: str) -> Clause | None:
        return Term(CODE, (text,)) if text == "a known code" else None
