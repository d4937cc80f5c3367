"""Standards of the X Consortium: a short name and a version instead of a number and a year."""

from __future__ import annotations

import pytest

from search.designations import parse, parse_slug, try_parse


@pytest.mark.parametrize(
    "text",
    [
        "X.Org ICCCM 2.0",
        "X Consortium Standard ICCCM 2.0",
        "X Consortium Standard: ICCCM, Version 2.0",
        "x consortium icccm version 2.0",
        "ICCCM 2.0",
        "icccm v2.0",
        "Ｘ．Ｏｒｇ ＩＣＣＣＭ ２．０",
    ],
)
def test_every_spelling_is_the_same_standard(text: str) -> None:
    designation = parse(text)
    assert designation.canonical == "X.Org ICCCM 2.0"
    assert (designation.number, designation.edition, designation.body) == ("ICCCM", "2.0", "X.Org")
    assert parse(designation.canonical) == designation
    assert designation.slug == "x.org-icccm-2.0"
    assert parse_slug(designation.slug) == designation


def test_without_a_version_it_is_the_standard_whatever_its_version() -> None:
    assert parse("X.Org CTEXT 1.1").undated == parse("X Consortium Standard CTEXT")
    assert parse("X.Org CTEXT 1.1").undated_slug == "x.org-ctext"


def test_versions_sort_by_number() -> None:
    assert parse("X.Org XLFD 1.5").sort_key < parse("X.Org XLFD 1.10").sort_key


@pytest.mark.parametrize("text", ["X", "X.Org", "ICCCMS 2.0", "XLFDX", "X Consortium", "CTEXT 1.1"])
def test_what_is_none(text: str) -> None:
    assert try_parse(text) is None
