"""Labels and columns of the pages of openstd: what is read, and what is passed over by name."""

from __future__ import annotations

READ = frozenset(
    {
        "标准号",
        "中文标准名称",
        "英文标准名称",
        "标准状态",
        "中国标准分类号(CCS)",
        "中国标准分类号",
        "国际标准分类号(ICS)",
        "国际标准分类号",
        "发布日期",
        "实施日期",
        "废止日期",
        "主管部门",
        "归口部门",
        "归口单位",
        "执行单位",
        "技术委员会",
        "发布单位",
        "起草单位",
        "备注",
        "代替标准",
        "全部代替标准",
        "部分代替标准",
        "被以下标准代替",
        "被以下标准部分代替",
        "部分被以下标准代替",
        "被部分代替标准",
        "采标号",
        "采用国际标准",
        "采用国际标准号",
        "采标情况",
        "采标关系",
        "采标程度",
        "采用程度",
        "一致性程度",
        "计划号",
        "计划编号",
        "标准计划号",
    }
)
IGNORED = frozenset(
    {
        "采标名称",  # the adopted standard's own title: its record has it
        "采标中文名称",
        "采标英文名称",
        "起草人",  # personal data
        "标准类别",  # the designation says it
        "标准性质",
        "标准类型",
        "标准语种",
        "语种",
        "复审日期",  # a review changes no field of the record; the status says what came of it
        "复审结论",
        "上次复审日期",
        "上次复审结论",
        "首次发布日期",
        "发布公告",
        "标准公告",
        "公告号",
        "页数",  # of the printed edition sold
        "定价",
    }
)
COLUMNS = {
    "": None,  # boxes to tick
    "序号": None,
    "标准号": "designation",
    "语种": "language",
    "是否采标": "adopted",
    "标准名称": "title_zh",
    "中文标准名称": "title_zh",
    "外文名称": None,
    "类别": "obligation",
    "状态": "status",
    "发布日期": "published",
    "实施日期": "effective",
    "废止日期": "withdrawn",
    "操作": None,
}
"""Heading of a list → field; None is passed over by name."""

ALWAYS = frozenset({"中文标准名称", "标准状态", "发布日期", "实施日期"})
"""Every page has these labels; where one is missing, the page is built otherwise, and less must not pass for all."""
