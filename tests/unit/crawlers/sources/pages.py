"""Pages after the recorded layout of openstd, for what no recording shows. The standards are made up."""

from __future__ import annotations

ADDRESS = f"https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno={'0' * 31}A"
LIST_ADDRESS = "https://openstd.samr.gov.cn/bzgk/std/std_list?p.p1=1&page=2&pageSize=50"


def page_of(
    *fields: tuple[str, str], status: str = "现行", badge: str = "", buttons: str = "", name: str = "GB 31701-2015"
) -> bytes:
    pairs = "".join(
        f'<div class="col-md-2 title">\n{label}\n</div><div class="col-md-4 content">{value}</div>'
        for label, value in fields
    )
    if "实施日期" not in dict(fields):
        pairs += '<div class="title">实施日期</div><div class="content"></div>'
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>
      <table><tr><td><h1>标准号：{name} {badge}</h1></td></tr></table>
      <table><tr><td>中文标准名称：<b>甲　乙</b></td></tr><tr><td>英文标准名称：</td></tr>
      <tr><td>标准状态：<span>{status}</span></td></tr>
      <tr><td><button class="btn fk_btn" data-value="{"0" * 31}A">实施信息反馈</button>{buttons}</td></tr></table>
      <div>{pairs}<div class="title">发布日期</div><div class="content">2015-05-26</div></div>
      <table><tr><td>支持电话：010-1</td></tr></table></body></html>""".encode()


def list_of(rows: int, total: int, *, page: int = 1, pages: int = 1, first: int = 1, status: str = "现行") -> bytes:
    """``rows`` standards from GB ``first``-2020 on; hcno is the number in hexadecimal digits."""
    lines = "".join(
        f"""<tr><td>{row}</td><td><a onclick="showInfo('{row:032X}');">GB {row}-2020</a></td><td></td><td>名称{row}</td>
        <td>强标</td><td>{status}</td><td>2020-01-02</td><td> 2021-01-01 </td><td>查看详细</td></tr>"""
        for row in range(first, first + rows)
    )
    heads = "".join(
        f"<th>{head}</th>"
        for head in ("序号", "标准号", "是否采标", "标准名称", "类别", "状态", "发布日期", "实施日期", "操作")
    )
    return f"""<html><body><span>条,共 {total} 条标准  <a>{page}</a> / {pages}</span>
        <table><tr>{heads}</tr>{lines}</table></body></html>""".encode()
