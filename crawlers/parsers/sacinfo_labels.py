"""Labels and section titles of the pages of the sacinfo platform: what is read, and what is passed over by name."""

from __future__ import annotations

READ = frozenset(
    {
        "标准号",
        "发布日期",
        "实施日期",
        "废止日期",
        "中国标准分类号",
        "中国标准分类号(CCS)",
        "国际标准分类号",
        "国际标准分类号(ICS)",
        "批准发布部门",
        "发布部门",
        "发布单位",
        "主管部门",
        "归口单位",
        "归口部门",
        "副归口单位",
        "执行单位",
        "技术归口",
        "技术委员会",
        "行业分类",
        "行业领域",
        "全部代替标准",
        "代替标准",
        "部分代替标准",
        "被部分代替标准",
        "备案号",
        "备案日期",
        "计划号",
        "标准状态",
        "采标关系",
    }
)
IGNORED = frozenset(
    {
        "制修订",  # 制定 or 修订: what is revised stands under 代替标准
        "标准类别",  # 产品, 方法, 管理 …: a classification nobody filters by
        "标准性质",  # read from the badge and the designation
        "备案公告",  # the notice that lists it
        "备案月报",
        "上次复审日期",  # a review changes no field; the status says what came of it
        "上次复审结论",
        "复审日期",
        "复审结论",
        "首次发布日期",
        "标准公告",
        "发布公告",
        "标准语言",
        "提出单位",  # proposes a project, answers for nothing afterwards
        "提出部门",
        "省市区",  # the designation says it
        "省/自治区/直辖市",
        "公开标准",
        "不公开理由",
    }
)
SECTIONS_READ = frozenset(
    {"标准状态", "基础信息", "备案信息", "起草单位", "代替以下标准", "部分代替以下标准", "采标情况"}
    | {"被以下标准代替", "被以下标准部分代替"}
)
SECTIONS_IGNORED = frozenset(
    {
        "起草人",  # personal data
        "相近标准(计划)",  # a guess of the platform
        "相近标准",
        "相关标准(计划)",
        "相关标准",
        "目录",
        "适用范围",  # text of the standard: not ours to copy
        "范围",
        "范围和主要技术内容",
        "目的意义",
        "标准公告",
        "实施信息反馈",
        "标准解读",
        "修订计划",
        "下达计划",
        "标准计划",
        "计划信息",
        "制修订进度",
        "复审信息",
        "关联计划",
        "英文版",
        "外文版",
        "国家标准外文版",
        "实施监督",
        "引用标准",
        "规范性引用文件",
        "样品",
    }
)
