"""Members, the Harmonized System and working days, by facts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.tbt import codes, harmonized, members, working_days
from content.tbt.codes import HS_CHAPTERS


class TestMembers:
    def test_there_are_166_each_with_both_names(self) -> None:
        held = members.all_members()
        assert len(held) == 166
        assert all(one.name_en and one.name_zh for one in held.values())
        assert len({one.name_en for one in held.values()}) == len({one.name_zh for one in held.values()}) == 166

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("European Union", "EU"),
            ("UNION EUROPÉENNE", "EU"),
            ("Unión Europea", "EU"),
            ("欧盟", "EU"),
            ("United States", "USA"),
            ("United States of America", "USA"),
            ("États-Unis", "USA"),
            ("Estados Unidos", "USA"),
            ("Korea, Republic of", "KOR"),
            ("Republic of Korea", "KOR"),
            ("韩国", "KOR"),
            ("Chinese Taipei", "TPKM"),
            ("台澎金马单独关税区", "TPKM"),
            ("Türkiye", "TUR"),
            ("turkiye", "TUR"),
            ("Côte d'Ivoire", "CIV"),
            ("chn", "CHN"),
        ],
    )
    def test_names(self, name: str, code: str) -> None:
        assert members.read(name) == code

    @pytest.mark.parametrize("name", ["", "Atlantis", "x" * 10_000, "U S A of"])
    def test_no_member(self, name: str) -> None:
        assert members.read(name) is None

    def test_a_code_that_is_no_members_is_its_own_name(self) -> None:
        assert members.name("XYZ", "zh") == "XYZ"
        assert members.name("EU", "zh") == "欧盟"

    @given(st.text())
    def test_any_text(self, name: str) -> None:
        assert members.read(name) in {None, *members.all_members()}


class TestHarmonizedSystem:
    def test_the_table_is_whole(self) -> None:
        table = harmonized.table()
        assert {int(code) for code in table if len(code) == 2} == HS_CHAPTERS
        assert all(len(code) in (2, 4, 6) and one.title_en for code, one in table.items())
        assert all(code[:-2] in table for code in table if len(code) > 2)
        assert all(codes.hs(code) == code for code in table)
        assert len(table) == 6_936

    def test_every_chapter_has_a_section_and_a_chinese_title(self) -> None:
        assert len(harmonized.sections()) == 21
        for chapter in harmonized.children(""):
            assert chapter.title_zh
            assert harmonized.section_of(chapter.code) is not None

    def test_a_branch(self) -> None:
        assert harmonized.get("9503") in harmonized.children("95")
        assert harmonized.children("950300") == ()
        assert harmonized.get("77") is None
        toys = harmonized.get("95")
        assert toys is not None
        assert toys.title("zh") == ("玩具、游戏品、运动用品及其零件、附件", "zh")
        assert toys.title("en")[1] == "en"


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("today", "until", "days"),
        [
            (
                date(2025, 9, 26),
                date(2025, 10, 11),
                6,
            ),  # 28 September and 11 October are worked, 1 to 8 October are not
            (date(2025, 9, 30), date(2025, 10, 8), 0),
            (date(2026, 3, 2), date(2026, 3, 3), 1),
            (date(2026, 3, 2), date(2026, 3, 2), 0),
            (date(2026, 3, 2), date(2026, 2, 2), 0),
        ],
    )
    def test_years_that_are_announced(self, today: date, until: date, days: int) -> None:
        assert working_days.left(today, until) == working_days.WorkingDays(days, certain=True)

    def test_a_year_that_is_not(self) -> None:
        assert working_days.left(date(2050, 1, 3), date(2050, 1, 10)) == working_days.WorkingDays(5, certain=False)

    def test_the_end_of_time(self) -> None:
        assert working_days.left(date(2050, 1, 1), date.max).days <= working_days.MAX_DAYS
