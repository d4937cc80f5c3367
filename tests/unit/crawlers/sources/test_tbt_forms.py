"""The WTO's forms of notification in three languages, every layout and every order, and text that is no form at all."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.tbt.items import EventItem, Language, NotificationItem
from crawlers.documents import Document
from crawlers.parsers.tbt_forms import of_lines, parse
from tests.unit.crawlers.sources import tbt_form_files as files
from tests.unit.crawlers.sources.tbt_form_files import ADDENDA, ENQUIRY, FACTS, LANGUAGES, LAYOUTS, URL, Fact, item

BOXES = [("[X]", "[ ]"), ("[x]", "[]"), ("[ X ]", "[  ]"), ("☒", "☐"), ("[✓]", "[ ]"), ("(X)", "( )")]
TEXTS_FROM = "https://example.org/texts"


def expected(fact: Fact, language: Language) -> dict[str, object]:
    """What an item says of a fact; texts are compared without their line ends, which a layout may move."""
    return {
        "key": f"{fact.symbol} {language}",
        "url": URL,
        "symbol": fact.symbol,
        "language": language,
        "circulated": fact.circulated,
        "number": fact.number,
        "agency": fact.agency,
        "articles": fact.articles,
        "products": fact.products,
        "hs": fact.hs,
        "ics": fact.ics,
        "title": fact.title,
        "pages": fact.pages,
        "languages": fact.languages,
        "description": " ".join(fact.description.split()),
        "objective": fact.objective,
        "relevant": "" if fact.relevant == "-" else fact.relevant,
        "adoption": fact.adoption,
        "entry": fact.entry,
        "comments": fact.comments,
        "available": f"{ENQUIRY[language]} Ministry of Trade {TEXTS_FROM}",
        "documents": (*fact.files, TEXTS_FROM),
        "form": URL,
        "events": (),
    }


def said(found: NotificationItem) -> dict[str, object]:
    return {
        name: " ".join(value.split()) if isinstance(value, str) and name != "url" else value
        for name, value in found.model_dump().items()
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.symbol.rpartition("/N/")[2])
def test_every_field_of_a_word_document(fact: Fact, language: Language, layout: str) -> None:
    body = files.docx_form(files.head(fact, language), files.points(fact, language), layout)
    (found,) = parse(Document.of(URL, body))
    assert isinstance(found, NotificationItem), found
    assert said(found) == expected(fact, language)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_boxes_of_every_kind(language: Language, box: tuple[str, str]) -> None:
    for fact in FACTS:
        found = item(files.lines(files.head(fact, language), files.points(fact, language, box)))
        assert found.articles == fact.articles


@given(st.sampled_from(FACTS), st.sampled_from(LANGUAGES), st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_points_does_not_matter(
    fact: Fact, language: Language, shuffler: random.Random, apart: bool
) -> None:
    made = files.points(fact, language)
    shuffler.shuffle(made)
    found = item(files.lines(files.head(fact, language), made, apart=apart))
    assert said(found) == expected(fact, language)


@given(st.sampled_from(FACTS), st.sampled_from(LANGUAGES), st.sets(st.integers(0, 13), max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_point_left_out_takes_no_other_with_it(fact: Fact, language: Language, missing: set[int]) -> None:
    made = [point for at, point in enumerate(files.points(fact, language)) if at not in missing]
    found = said(item(files.lines(files.head(fact, language), made)))
    whole = expected(fact, language)
    names = ("", "", "agency", "", "articles", "products", "title", "description", "objective", "relevant", "adoption",
             "entry", "comments", "available")  # fmt: skip
    for at, name in enumerate(names):
        if name:
            assert found[name] == ("" if at in missing and name != "articles" else () if at in missing else whole[name])


@given(st.sampled_from(FACTS), st.sampled_from(LANGUAGES), st.integers(25, 90))
@settings(max_examples=60, deadline=None)
def test_lines_may_be_wrapped_anywhere(fact: Fact, language: Language, width: int) -> None:
    wrapped: list[str] = []
    for line in files.lines(files.head(fact, language), files.points(fact, language)):
        wrapped.append("")
        for word in line.split():
            if len(wrapped[-1]) + len(word) < width or not wrapped[-1]:
                wrapped[-1] = f"{wrapped[-1]} {word}".strip()
            else:
                wrapped.append(word)
    assert said(item(wrapped)) == expected(fact, language)


def test_points_that_follow_one_another_in_a_line() -> None:
    fact = FACTS[0]
    text = " ".join(files.lines((), files.points(fact, "en")))
    found = item([*files.head(fact, "en"), text])
    assert (found.agency, found.articles, found.adoption) == (fact.agency, fact.articles, fact.adoption)
    assert (found.comments, found.relevant, found.entry) == (fact.comments, fact.relevant, fact.entry)


OLD = [
    ("en", "Member to Agreement notifying: EGYPT", "Proposed date of adoption and entry into force: June 1999"),
    ("fr", "Membre de l'Accord adressant la notification: ÉGYPTE",
     "Dates projetées pour l'adoption et l'entrée en vigueur: June 1999"),
    ("es", "Miembro del Acuerdo que notifica: EGIPTO",
     "Fechas propuestas de adopción y de entrada en vigor: June 1999"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "member", "dates"), OLD)
def test_the_wording_of_the_first_forms(language: Language, member: str, dates: str) -> None:
    found = item(["G/TBT/N/EGY/1", member, dates])
    assert (found.language, found.adoption, found.entry) == (language, "June 1999", "June 1999")


def test_two_labels_that_a_brace_joins_have_one_date() -> None:
    found = item(
        ["G/TBT/N/ZAF/1", "9. Proposed date of adoption: )", "Proposed date of entry into force: ) To be determined"]
    )
    assert (found.adoption, found.entry) == ("To be determined", "To be determined")


def test_words_of_labels_within_a_sentence_are_no_labels() -> None:
    text = (
        "The title of this act and its objective are explained; see the relevant documents: none. Title page follows."
    )
    found = item(["G/TBT/N/EU/1", f"Description of content: {text}", "Relevant documents: -"])
    assert found.description == text


FINAL = "https://members.wto.org/crnattachments/2025/TBT/TPKM/final_measure/25_04678_00_e.pdf"


def addendum(
    language: Language, ticked: dict[int, str], box: tuple[str, str] = ("[X]", "[ ]"), *, after: bool = False
) -> list[str]:
    made = ADDENDA[language]
    lines = ["G/TBT/N/TPKM/425/Add.5", files.written("2025-07-21", language), "(25-4600)", *made.head]
    lines += [f"{made.title} Draft of the legal inspection requirements for exterior wall tiles", made.reason]
    for at, label in enumerate(made.boxes):
        tick = box[0] if at in ticked else box[1]
        lines += [f"{label} {tick} {ticked.get(at, '')}" if after else f"{tick} {label} {ticked.get(at, '')}"]
        if at == 5:
            lines.append(f"{made.symbol} {'G/TBT/N/TPKM/999' if at in ticked else ''}")
        if at == 6:
            lines.append(f"{made.deadline} {made.months[0] if at in ticked else ''}")
    return [*lines, f"{made.description} Add.4 was adopted without changes."]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("box", BOXES[:-1])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_boxes_of_an_addendum(language: Language, box: tuple[str, str], after: bool) -> None:
    adopted, effective = ADDENDA[language].months
    found = item(addendum(language, {1: adopted, 2: adopted, 3: effective, 4: FINAL}, box, after=after))
    assert (found.symbol, found.language, found.circulated) == ("G/TBT/N/TPKM/425/Add.5", language, "2025-07-21")
    assert found.title == "Draft of the legal inspection requirements for exterior wall tiles"
    assert found.description == "Add.4 was adopted without changes."
    assert found.comments == ""
    assert found.events == (
        EventItem(kind="adopted", date="2025-07-18"),
        EventItem(kind="published", date="2025-07-18"),
        EventItem(kind="in_force", date="2025-08-01"),
        EventItem(kind="final_text", urls=(FINAL,)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_boxes_of_an_addendum(language: Language) -> None:
    day = ADDENDA[language].months[0]
    values = {0: "90 days more", 5: day, 6: FINAL, 7: "the Official Gazette", 8: "A translation is added"}
    found = item(addendum(language, values))
    assert found.events == (
        EventItem(kind="comments_changed", stated="90 days more"),
        EventItem(kind="withdrawn", date="2025-07-18", note="G/TBT/N/TPKM/999"),
        EventItem(kind="scope_changed", urls=(FINAL,)),
        EventItem(kind="guidance", note="the Official Gazette"),
        EventItem(kind="other", note="A translation is added"),
    )
    assert found.comments == day


def test_an_addendum_as_free_text() -> None:
    head = ["G/TBT/N/COL/20/Add.5", "10 November 2005", "(05-5279)", "Committee on Technical Barriers to Trade"]
    opening = "The following communication, dated 9 November 2005, is being circulated at the request of Colombia."
    found = item([*head, "Addendum", opening, "The Republic advises of a resolution.", "See https://a.example/r.pdf"])
    assert (found.circulated, found.number, found.language) == ("2005-11-10", "05-5279", "en")
    assert found.description == "The Republic advises of a resolution.\nSee https://a.example/r.pdf"
    assert found.documents == ("https://a.example/r.pdf",)


def test_a_point_within_free_text_leaves_the_text() -> None:
    opening = "The following communication, dated 9 November 2005, is being circulated at the request of Colombia."
    head = "WORLD TRADE ORGANIZATION G/TBT/N/COL/20/Add.5 10 November 2005 (05-5279) Original: Spanish"
    found = item([head, opening, "The Republic advises of a resolution.", "Text available from:", "Ministry of Trade"])
    assert (found.symbol, found.circulated, found.number) == ("G/TBT/N/COL/20/Add.5", "2005-11-10", "05-5279")
    assert (found.description, found.available) == ("The Republic advises of a resolution.", "Ministry of Trade")


def test_the_edges_of_pages_within_the_text_are_left_out() -> None:
    fact = FACTS[0]
    made = files.lines(files.head(fact, "en"), files.points(fact, "en"))
    at = next(at for at, line in enumerate(made) if line.startswith("7."))
    found = item([*made[:at], fact.symbol, "- 2 -", "Page: 2/3", *made[at:]])
    assert said(found) == expected(fact, "en")


def test_members_of_a_union_notify_in_one_document() -> None:
    fact = FACTS[0]
    lines = ["G/TBT/N/ARE/519, G/TBT/N/BHR/606, G/TBT/N/KWT/589", *files.head(fact, "en")[1:]]
    found = list(of_lines([*lines, *files.lines((), files.points(fact, "en"))], URL))
    assert [one.key for one in found] == [f"G/TBT/N/{name} en" for name in ("ARE/519", "BHR/606", "KWT/589")]


def test_a_symbol_at_the_edge_of_the_pages_is_the_documents() -> None:
    (found,) = of_lines(["Teneur: texte sur G/TBT/N/USA/1"], URL, ["G/TBT/N/EU/1004 - 2 -"])
    assert isinstance(found, NotificationItem)
    assert found.symbol == "G/TBT/N/EU/1004"
