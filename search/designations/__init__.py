"""Designations of standards (标准编号): read, normalise, compare, sort and print them, whoever publishes the standard.

A pure package: the standard library only. ``parse`` reads one designation in any spelling, ``find`` the designations
inside a text, ``split_list`` a pasted list; ``Designation`` prints itself (``canonical``) and gives its address
(``slug``).

>>> parse("ｇｂｔ １９００１—２０１６").canonical
'GB/T 19001-2016'
>>> parse("iso 9001:2015/amd.1:2024").slug
'iso-9001-2015-amd-1-2024'
"""

from __future__ import annotations

from search.designations.compare import Match, compare
from search.designations.errors import MAX_LENGTH, DesignationError
from search.designations.finding import Found, find
from search.designations.lists import Line, split_list
from search.designations.model import Designation, Kind, Supplement
from search.designations.parsing import parse, try_parse
from search.designations.registry import Publisher, issuing_bodies, publisher, publishers
from search.designations.slugs import parse_slug

__all__ = [
    "MAX_LENGTH",
    "Designation",
    "DesignationError",
    "Found",
    "Kind",
    "Line",
    "Match",
    "Publisher",
    "Supplement",
    "compare",
    "find",
    "issuing_bodies",
    "parse",
    "parse_slug",
    "publisher",
    "publishers",
    "split_list",
    "try_parse",
]
