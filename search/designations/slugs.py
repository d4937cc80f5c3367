"""Addresses: a designation as ``[a-z0-9.-]`` and back.

The slug is the canonical form, folded; it is itself one of the spellings that ``parse`` reads. The few designations
that it would not bring back (letters outside ASCII) get a tail ``--`` with the canonical form in base 32 (RFC
4648), so no two designations share a slug.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from search.designations.errors import MAX_LENGTH, DesignationError
from search.designations.parsing import parse, try_parse

if TYPE_CHECKING:
    from search.designations.model import Designation

_OTHER = re.compile(r"[^a-z0-9.]+")
_HYPHENS = re.compile("-{2,}")
_MARKS = re.compile("[\u0300-\u036f]")
_EDGES = re.compile(r"\.*-+\.*|^\.+|\.+$")
_SLUG = re.compile(r"[a-z0-9.]+(?:-[a-z0-9.]+)*(?:--[a-z2-7]+)?")


@lru_cache(maxsize=16_384)
def slug_of(designation: Designation) -> str:
    canonical = designation.canonical
    text = (
        unicodedata.normalize("NFD", canonical.lower())
        .replace("+", "-plus-")
        .replace("所有部分", "all-parts")
        .replace("年版", "-edition")
        .replace("建标", "jianbiao")
    )
    text = _MARKS.sub("", text)
    slug = _EDGES.sub(lambda m: "-" if "-" in m.group() else "", _OTHER.sub("-", text)).strip("-")
    slug = _HYPHENS.sub("-", slug)
    if slug and try_parse(slug) == designation:
        return slug
    tail = base64.b32encode(canonical.encode()).decode().rstrip("=").lower()
    return f"{slug or 'x'}--{tail}"


def parse_slug(slug: str) -> Designation:
    """The designation whose address ``slug`` is. Raises DesignationError (``bad-slug``) for any other text."""
    if len(slug) > 4 * MAX_LENGTH or not _SLUG.fullmatch(slug):
        raise DesignationError("bad-slug", slug[:MAX_LENGTH])
    _, _, tail = slug.partition("--")
    text = slug
    if tail:
        try:
            text = base64.b32decode(tail.upper() + "=" * (-len(tail) % 8)).decode()
        except (binascii.Error, UnicodeDecodeError) as exc:
            raise DesignationError("bad-slug", slug) from exc
    designation = parse(text)
    if designation.slug != slug:
        raise DesignationError("bad-slug", slug)
    return designation
