"""The line of editions: generations, successors, circles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.standards.succession import Edition, Succession


def line(*pairs: tuple[str, str], **states: tuple[str, str]) -> Succession:
    """``pairs`` of newer and older; ``states`` of status and date by slug."""
    slugs = {slug for pair in pairs for slug in pair} | set(states)
    editions = {
        slug: Edition(slug, slug.upper(), status=states.get(slug, ("superseded", ""))[0],
                      published=states.get(slug, ("", ""))[1])
        for slug in slugs
    }  # fmt: skip
    return Succession(editions, frozenset(pairs))


def slugs(editions: list[Edition]) -> list[str]:
    return [edition.slug for edition in editions]


def test_a_chain_stands_from_the_oldest_to_the_newest() -> None:
    chain = line(("c", "b"), ("b", "a"), a=("superseded", "1987"), b=("superseded", "1994"), c=("in_force", "2000"))
    assert [slugs(row) for row in chain.generations()] == [["a"], ["b"], ["c"]]
    assert slugs(chain.successors("a")) == ["c"]
    assert slugs(chain.predecessors("c")) == ["b", "a"]
    assert slugs(chain.followers("a")) == ["b", "c"]


def test_what_was_split_and_merged_stands_side_by_side() -> None:
    split = line(("b1", "a"), ("b2", "a"), ("c", "b1"), ("c", "b2"), c=("in_force", "2020"))
    assert [slugs(row) for row in split.generations()] == [["a"], ["b1", "b2"], ["c"]]
    assert slugs(split.successors("a")) == ["c"]


def test_a_split_has_two_successors_in_force() -> None:
    split = line(("b1", "a"), ("b2", "a"), b1=("in_force", "2002"), b2=("in_force", "2001"))
    assert slugs(split.successors("a")) == ["b2", "b1"]


def test_the_nearest_in_force_is_named_not_a_later_one() -> None:
    chain = line(("b", "a"), ("c", "b"), b=("in_force", "2010"), c=("in_force", "2020"))
    assert slugs(chain.successors("a")) == ["b"]


def test_where_none_is_in_force_the_end_of_the_chain_is_named() -> None:
    chain = line(("b", "a"), ("c", "b"))
    assert slugs(chain.successors("a")) == ["c"]
    assert chain.successors("c") == []


def test_an_edition_is_placed_after_the_last_of_its_predecessors() -> None:
    merged = line(("d", "a"), ("b", "a"), ("c", "b"), ("d", "c"))
    assert [slugs(row) for row in merged.generations()] == [["a"], ["b"], ["c"], ["d"]]


def test_a_circle_is_opened_at_its_earliest_edition_and_ends() -> None:
    circle = line(("a", "b"), ("b", "a"), ("a", "a"), a=("superseded", "1990"), b=("superseded", "2000"))
    assert [slugs(row) for row in circle.generations()] == [["a"], ["b"]]
    assert circle.successors("a") == []
    assert slugs(circle.followers("a")) == ["b"]


def test_a_pair_with_an_edition_that_is_not_listed_is_ignored() -> None:
    alone = Succession({"a": Edition("a", "A")}, frozenset({("x", "a"), ("a", "y")}))
    assert [slugs(row) for row in alone.generations()] == [["a"]]
    assert alone.successors("a") == []


names = st.sampled_from("abcdefgh")


@given(st.frozensets(st.tuples(names, names), max_size=30), st.frozensets(names))
def test_any_pairs_give_every_edition_once(pairs: frozenset[tuple[str, str]], in_force: frozenset[str]) -> None:
    states = {slug: ("in_force" if slug in in_force else "superseded", "") for slug in "abcdefgh"}
    succession = line(*pairs, **states)
    placed = [edition.slug for row in succession.generations() for edition in row]
    assert sorted(placed) == list("abcdefgh")
    for slug in "abcdefgh":
        assert slug not in slugs(succession.successors(slug))
        assert len(succession.followers(slug)) == len(set(slugs(succession.followers(slug))))
