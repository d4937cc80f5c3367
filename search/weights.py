"""How much each kind of match counts, with the reason and the queries it was tuned on (``tests/relevance``).

Word scores are BM25: a rare word in a title scores about 10, a query of three words seldom more than 40. Constants for
designations therefore lie far above any sum of words, and constants that only order equals far below one word.
"""

from __future__ import annotations

from typing import Final

# Designations: each tier lies above any sum of words, and twice above the next, so that they never mix.
EXACT: Final = 16_000.0
"""The very designation, or an edition of it where no year was typed: ``GB/T 19001-2016``, ``ISO 9001``."""
SIBLING_EXACT: Final = 8_000.0
"""Same number and year from a related publisher: people type ``ISO 27001:2022`` for ISO/IEC 27001:2022."""
EDITION: Final = 4_000.0
"""Another edition of what was typed with a year, or the number from a related publisher without one."""
FAMILY: Final = 2_000.0
"""Other parts, amendments and drafts of the number."""
NUMBER: Final = 1_000.0
"""The number alone fits: ``19001`` finds GB/T 19001; several publishers may have it."""
NUMBER_AMONG_WORDS: Final = 5.0
"""A number with other words is as likely a size or a grade (``304 不锈钢``)."""
PUBLISHER: Final = 0.5
"""A publisher's code among words only narrows."""
CITED: Final = 500.0
"""It replaces, adopts or amends the designation, or has it in its title."""
CLASS: Final = 500.0
"""It is filed under the class that was typed."""
TIER_STEP: Final = 1.0
"""What orders a tier in itself; less than a word, so that words after a designation still order its family."""
NEWER: Final = 0.02
"""For each generation of editions, so that the newest comes first; all of them together stay below one step. Scores are
32-bit floats: at 16,000 they tell apart what differs by 0.002."""

NAMED: Final = 100.0
"""The words are the whole name of it: ``dichloromethane`` is the substance before the standards that name it."""

# Words: relative worth of fields.
TITLE: Final = 1.0
SUBJECT: Final = 0.30
"""Names of classes and committees: they find the field (``轮胎`` → ICS 83.160), not the document."""
CONTENT: Final = 0.25
"""Scope notes and page texts are long and mention much; a title says what it is about."""
OTHER_LANGUAGE: Final = 0.85
"""A translation by the glossary may be off; a title in the reader's own words goes first."""
SYNONYM: Final = 0.85
"""Likewise for another name in the same language."""
ALTERNATIVE_STEP: Final = 0.85
"""Each further translation in the glossary is less apt than the one before."""
SCATTERED: Final = 0.6
"""A translation of several words that do not stand together in the title (``food`` … ``safety``)."""
FUZZY: Final = 0.5
"""A word one letter away, only asked for when there is next to nothing else."""
OPTIONAL: Final = 0.5
"""Words such as "requirements", which half of all titles have, when other words say what is meant."""

# Words: what lifts one match above another.
PHRASE: Final = 1.0
"""All words of the query next to each other in the title: ``food safety`` before "safety of food machinery"."""

# Standing, against equals: editions of one document have much the same title.
IN_FORCE: Final = 8.0
"""The worth of a rather rare word: old editions often had the shorter title ("ISO 2108:1978 International standard book
numbering") and came first. From 8 to 16 the judged queries hardly change (3.0: nDCG 0.847, 8: 0.893, 16: 0.896)."""
MAIN_DOCUMENT: Final = 3.0
"""Amendments and corrigenda repeat the whole title of what they change; they go after it."""
