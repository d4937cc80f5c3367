"""The glossary as Elasticsearch takes it."""

from __future__ import annotations

from search.engines.elastic.synonyms import MAX_RULES, SynonymSet, synonyms_set
from search.glossary import Glossary, bundled
from search.synonyms.effective import effective
from search.synonyms.formats import from_solr
from search.synonyms.rules import MAX_TOTAL, Kind, Rule


def lines(glossary: Glossary) -> list[str]:
    return [rule["synonyms"] for rule in synonyms_set(glossary)["synonyms_set"]]


class Nowhere:
    def ask(self, method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
        raise AssertionError("nothing is to be asked")


def test_each_term_has_one_rule_that_keeps_the_term() -> None:
    glossary = effective(
        bundled(),
        [
            Rule(Kind.EQUIVALENT, ("单车", "自行车")),
            Rule(Kind.EQUIVALENT, ("1,2-dichloroethane", "a=>b", "#35 steel")),
            Rule(Kind.ALIAS, ("等保",), ("GB/T 22239",)),
            Rule(Kind.BLOCKED, ("轮椅",)),
        ],
    )
    found = lines(glossary)
    assert "单车 => 单车, cycles, bicycles, 自行车" in found
    assert "等保 => 等保, GB/T 22239" in found
    assert "1\\,2-dichloroethane => 1\\,2-dichloroethane, a\\=>b, \\#35 steel" in found
    assert "\\#35 steel => \\#35 steel, 1\\,2-dichloroethane, a\\=>b" in found
    assert not [line for line in found if line.startswith("轮椅 =>")]
    for line in found:
        term, names = line.split(" => ", 1)
        assert names.startswith(f"{term}, ")


def test_what_is_written_is_read_as_what_was_meant() -> None:
    read, wrong = from_solr("\n".join(lines(bundled())))
    assert wrong == []
    assert len(read) == len(lines(bundled()))


def test_rules_have_names_of_their_own() -> None:
    rules = synonyms_set(bundled())["synonyms_set"]
    assert len({rule["id"] for rule in rules}) == len(rules)


def test_all_that_staff_may_add_fits_beside_what_is_bundled() -> None:
    assert len(lines(bundled())) + MAX_TOTAL <= MAX_RULES


def test_the_fingerprint_tells_content_and_place_apart() -> None:
    other = effective(bundled(), [Rule(Kind.BLOCKED, ("轮椅",))])
    one = SynonymSet(Nowhere(), "words", "http://one")
    fingerprints = {
        one.fingerprint(bundled()),
        one.fingerprint(other),
        SynonymSet(Nowhere(), "words", "http://two").fingerprint(bundled()),
        SynonymSet(Nowhere(), "other", "http://one").fingerprint(bundled()),
    }
    assert len(fingerprints) == 4
    assert one.fingerprint(bundled()) == SynonymSet(Nowhere(), "words", "http://one").fingerprint(bundled())
