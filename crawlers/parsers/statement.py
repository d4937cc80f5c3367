"""What one page of a Chinese portal says of one standard: everything it says, before the store's own terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from content.standards.items import RelationItem, StandardItem
from crawlers.errors import RecordError


@dataclass(frozen=True, slots=True)
class Adoption:
    """An adopted standard (采标): ``ISO 9001:2015`` with degree ``IDT``, ``MOD``, ``NEQ`` or ``""``."""

    designation: str
    degree: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Fields of one page, cleaned; an empty one is not on the page. Dates are ``YYYY-MM-DD``."""

    key: str
    """The portal's own: hcno, pk, id."""
    url: str
    designation: str
    status: str
    """One of the store's status codes."""
    title_zh: str = ""
    title_en: str = ""
    published: str = ""
    """发布日期"""
    effective: str = ""
    """实施日期"""
    withdrawn: str = ""
    """废止日期"""
    ics: tuple[str, ...] = ()
    ccs: tuple[str, ...] = ()
    committee: str = ""
    """Code of the technical committee (``SAC/TC 144``)."""
    committee_title: str = ""
    """Its name (技术委员会)."""
    responsible: tuple[str, ...] = ()
    """主管部门 and 归口部门 or 归口单位; of an association standard the association (团体)."""
    issuers: tuple[str, ...] = ()
    """发布单位, 批准发布部门"""
    drafters: tuple[str, ...] = ()
    """起草单位"""
    replaces: tuple[str, ...] = ()
    partly_replaces: tuple[str, ...] = ()
    """部分代替: the other standard stays in force."""
    replaced_by: tuple[str, ...] = ()
    partly_replaced_by: tuple[str, ...] = ()
    adopts: tuple[Adoption, ...] = ()
    adopted: bool | None = None
    """Whether it adopts another standard at all (是否采标); None where the page does not say."""
    obligation: str = ""
    """``mandatory``, ``recommended`` or ``guidance`` (强制性, 推荐性, 指导性技术文件)."""
    reading: str = ""
    """Full text there: ``download``, ``online``, ``copyright`` (采标: not shown), ``none``, or ``""`` (not said)."""
    language: str = ""
    """语种 of a foreign-language version (国家标准外文版); such a row is no standard of its own."""
    plan: str = ""
    """计划号 of the project it came from, e.g. ``20010320-T-424``."""
    record_number: str = ""
    """备案号 of an industry or local standard."""
    recorded_on: str = ""
    """备案日期, or the day an association put it on the platform (公布日期)."""
    industry: str = ""
    """行业 or 国民经济分类."""
    remark: str = ""
    """备注, as written."""
    problems: tuple[str, ...] = ()
    """What stands on the page and could not be read; for the run's log."""

    def item(self) -> StandardItem:
        """The statement in the store's terms; RecordError for one that the store cannot hold."""
        relations = [
            *(RelationItem(kind="replaces", designation=it) for it in self.replaces),
            *(RelationItem(kind="replaced_by", designation=it) for it in self.replaced_by),
            *(RelationItem(kind="partly_replaces", designation=it) for it in self.partly_replaces),
            *(RelationItem(kind="partly_replaced_by", designation=it) for it in self.partly_replaced_by),
        ]
        values: dict[str, Any] = {
            "relations": (
                *relations,
                *({"kind": "adopts", "designation": it.designation, "degree": it.degree} for it in self.adopts),
            )
        }
        for name in (
            "key",
            "url",
            "designation",
            "status",
            "title_zh",
            "title_en",
            "published",
            "effective",
            "withdrawn",
            "ics",
            "ccs",
            "committee",
            "committee_title",
            "responsible",
            "drafters",
        ):
            values[name] = getattr(self, name)
        try:
            return StandardItem.model_validate(values)
        except ValidationError as problem:
            first = problem.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise RecordError("invalid_value", f"{where}: {first['msg']}") from problem


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a portal's list."""

    total: int
    """Standards in the whole list."""
    page: int
    """Counts from 1."""
    pages: int | None
    """None where the answer does not say."""
    rows: tuple[Statement, ...]
    rejected: tuple[RecordError, ...] = ()
    """Rows that could not be read."""
