"""How two designations stand to each other."""

from __future__ import annotations

import pytest

from search.designations import Match, compare, parse


@pytest.mark.parametrize(
    ("a", "b", "match"),
    [
        ("GB/T 19001-2016", "gbt19001—2016", Match.SAME),
        ("GB/T 19001", "GB/T 19001-2016", Match.SAME_UNDATED),
        ("ISO 9001:2008", "ISO 9001:2015", Match.OTHER_EDITION),
        ("NIST SP 800-53r4", "NIST SP 800-53r5", Match.OTHER_EDITION),
        ("NIST SP 800-53", "NIST SP 800-53r5", Match.SAME_UNDATED),
        ("ISO 9001:2015/Amd 1:2024", "ISO 9001:2015", Match.AMENDS),
        ("ISO 9001:2015", "ISO 9001:2015/Amd 1:2024", Match.AMENDED_BY),
        ("ISO 9001:2015/Amd 1:2024", "ISO 9001", Match.AMENDS),
        ("BS EN ISO 9001:2015", "EN ISO 9001:2015", Match.ADOPTS),
        ("ISO 9001:2015", "BS EN ISO 9001:2015", Match.ADOPTED_BY),
        ("GB/T 7939-2008/ISO 6605:2002", "ISO 6605:2002", Match.ADOPTS),
        ("ISO/DIS 9001", "ISO 9001:2015", Match.DRAFT_OF),
        ("GB/T 1.1-2020", "GB/T 1.2-2020", Match.OTHER_PART),
        ("GB/T 5606(所有部分)", "GB/T 5606.1-2004", Match.OTHER_PART),
        ("GB 19300-2014", "GB/T 19300-2014", Match.OTHER_TYPE),
        ("ISO 9001", "ISO 9002", Match.DIFFERENT),
        ("ISO 9001", "IEC 9001", Match.DIFFERENT),
    ],
)
def test_compare(a: str, b: str, match: Match) -> None:
    assert compare(parse(a), parse(b)) is match
