"""The analysis that the minimal distribution lacks behaves as in the full one."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def call(elasticsearch_url: str) -> Call:
    """One request, JSON to JSON."""

    def send(method: str, path: str, body: object = None) -> Any:
        connection = HTTPConnection(urlsplit(elasticsearch_url).netloc, timeout=60)
        connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
        answer = json.load(connection.getresponse())
        connection.close()
        return answer

    return send


def tokens(call: Call, text: str, index: str | None = None, **analysis: object) -> list[str]:
    answer = call("POST", f"/{index}/_analyze" if index else "/_analyze", {"text": text, **analysis})
    return [token["token"] for token in answer["tokens"]]


ANALYZERS = {
    "smartcn": ("质量管理体系", "质量 管理 体系"),
    "cjk": ("质量管理体系", "质量 量管 管理 理体 体系"),
    "english": ("The running systems", "run system"),
}

TOKENIZERS: list[tuple[object, str, str]] = [
    ("smartcn_tokenizer", "质量管理体系", "质量 管理 体系"),
    ("keyword", "GB/T 19001", "GB/T 19001"),
    ("whitespace", "GB/T 19001", "GB/T|19001"),
    ({"type": "pattern", "pattern": "[/ ]"}, "GB/T 19001", "GB|T|19001"),
    ("edge_ngram", "abc", "a|ab"),
    ({"type": "edge_ngram", "min_gram": 2, "max_gram": 3, "token_chars": ["letter"]}, "abcd 123", "ab|abc"),
    ("ngram", "abc", "a|ab|b|bc|c"),
    ({"type": "ngram", "min_gram": 2, "max_gram": 2, "token_chars": ["digit"]}, "GB 123", "12|23"),
]

FILTERS: list[tuple[list[object], str, str]] = [
    (["lowercase"], "ISO", "iso"),
    (["uppercase"], "iso", "ISO"),
    (["asciifolding"], "Qualité", "Qualite"),
    ([{"type": "asciifolding", "preserve_original": True}], "Qualité", "Qualite|Qualité"),
    (["cjk_width"], "ＧＢ／Ｔ", "GB/T"),
    (["trim"], " a ", "a"),
    (["reverse"], "abc", "cba"),
    (["edge_ngram"], "abc", "a|ab"),
    ([{"type": "edge_ngram", "min_gram": 2, "max_gram": 3, "preserve_original": True}], "abcd", "ab|abc|abcd"),
    ([{"type": "edge_ngram", "min_gram": 2, "max_gram": 3, "side": "back"}], "abcd", "cd|bcd"),
    (["ngram"], "abc", "a|ab|b|bc|c"),
    ([{"type": "pattern_replace", "pattern": "[^0-9]", "replacement": ""}], "GB 1.1", "11"),
    ([{"type": "truncate", "length": 2}], "abcd", "ab"),
    (["decimal_digit"], "１９", "19"),
]

WORD_FILTERS: list[tuple[list[object], str, str]] = [
    (["porter_stem"], "running systems", "run|system"),
    ([{"type": "stemmer", "language": "english"}], "running systems", "run|system"),
    ([{"type": "stemmer", "language": "possessive_english"}], "Neil's", "Neil"),
    (["snowball"], "running", "run"),
    ([{"type": "stop", "stopwords": "_english_"}], "the cat", "cat"),
    (["smartcn_stop"], "a ， b", "a|b"),
    ([{"type": "length", "min": 2, "max": 3}], "a bb cccc", "bb"),
    ([{"type": "limit", "max_token_count": 2}], "a b c", "a|b"),
    (["unique"], "a b a", "a|b"),
    (["keyword_repeat", "porter_stem", "remove_duplicates"], "running dog", "running|run|dog"),
    ([{"type": "shingle", "output_unigrams": False}], "a b c", "a b|b c"),
    ([{"type": "multiplexer", "filters": ["lowercase", "lowercase,porter_stem"]}], "Dogs", "Dogs|dogs|dog"),
    ([{"type": "multiplexer", "filters": ["reverse"], "preserve_original": False}], "ab cd", "ba|dc"),
    ([{"type": "word_delimiter_graph", "catenate_all": True}], "GB/T-19001", "GBT19001|GB|T|19001"),
    ([{"type": "word_delimiter_graph", "type_table": ["/ => ALPHA"]}], "GB/T-19001", "GB/T|19001"),
    (
        [{"type": "synonym_graph", "synonyms": ["qms, quality management system"]}],
        "qms",
        "quality|qms|management|system",
    ),
    ([{"type": "synonym", "synonyms": ["u s a => usa"]}], "u s a", "usa"),
    ([{"type": "keyword_marker", "keywords": ["running"]}, "porter_stem"], "running dogs", "running|dog"),
]

CJK: list[tuple[object, str, str]] = [
    ("cjk_bigram", "质量管", "质量|量管"),
    ({"type": "cjk_bigram", "output_unigrams": True}, "质量管", "质|质量|量|量管|管"),
    ({"type": "cjk_bigram", "ignored_scripts": ["han"]}, "质量", "质|量"),
]

CHAR_FILTERS: list[tuple[object, str, str]] = [
    ("html_strip", "a<b>b</b>", "ab"),
    ({"type": "html_strip", "escaped_tags": ["b"]}, "a<b>b</b><i>", "a<b>b</b>"),
    ({"type": "mapping", "mappings": ["／ => /", "\\u2014 => -", "x => \\u0020"]}, "GB／T—1x", "GB/T-1 "),
    ({"type": "pattern_replace", "pattern": "(\\d)[. ](?=\\d)", "replacement": "$1"}, "1.1 2", "112"),
]


@pytest.mark.parametrize("analyzer", ANALYZERS)
def test_analyzers(call: Call, analyzer: str) -> None:
    text, expected = ANALYZERS[analyzer]
    assert tokens(call, text, analyzer=analyzer) == expected.split()


@pytest.mark.parametrize(("tokenizer", "text", "expected"), TOKENIZERS)
def test_tokenizers(call: Call, tokenizer: object, text: str, expected: str) -> None:
    separator = " " if tokenizer == "smartcn_tokenizer" else "|"
    assert tokens(call, text, tokenizer=tokenizer) == expected.split(separator)


@pytest.mark.parametrize(("filters", "text", "expected"), FILTERS)
def test_filters_of_one_token(call: Call, filters: list[object], text: str, expected: str) -> None:
    assert tokens(call, text, tokenizer="keyword", filter=filters) == expected.split("|")


@pytest.mark.parametrize(("filters", "text", "expected"), WORD_FILTERS)
def test_filters_of_words(call: Call, filters: list[object], text: str, expected: str) -> None:
    assert tokens(call, text, tokenizer="whitespace", filter=filters) == expected.split("|")


@pytest.mark.parametrize(("bigrams", "text", "expected"), CJK)
def test_bigrams(call: Call, bigrams: object, text: str, expected: str) -> None:
    assert tokens(call, text, tokenizer="standard", filter=[bigrams]) == expected.split("|")


@pytest.mark.parametrize(("char_filter", "text", "expected"), CHAR_FILTERS)
def test_char_filters(call: Call, char_filter: object, text: str, expected: str) -> None:
    assert tokens(call, text, tokenizer="keyword", char_filter=[char_filter]) == [expected]


@pytest.mark.parametrize(
    "refused",
    [
        {"type": "synonym", "synonyms_set": "x"},
        {"type": "synonym"},
        {"type": "ngram", "min_gram": 1, "max_gram": 5},
        {"type": "stemmer", "language": "klingon"},
        {"type": "pattern_replace"},
        {"type": "mapping_of_nothing"},
    ],
)
def test_wrong_settings_are_refused(call: Call, refused: dict[str, object]) -> None:
    answer = call("POST", "/_analyze", {"text": "x", "tokenizer": "keyword", "filter": [refused]})
    assert answer["status"] == 400


def test_synonyms_are_not_read_through_a_filter_that_multiplies_tokens(call: Call) -> None:
    filters = ["edge_ngram", {"type": "synonym", "synonyms": ["ab => cd"]}]
    answer = call("POST", "/_analyze", {"text": "x", "tokenizer": "keyword", "filter": filters})
    assert "cannot be used to parse synonyms" in json.dumps(answer)


def test_the_normalizer_of_a_keyword_field_folds(call: Call, index_prefix: str) -> None:
    """So that terms, sorting and exact lookups see one form however it was typed."""
    chars = {"joined": {"type": "pattern_replace", "pattern": "[\\s/.-]+", "replacement": ""}}
    folded = {"type": "custom", "char_filter": ["joined"], "filter": ["lowercase", "asciifolding", "cjk_width"]}
    analysis = {"char_filter": chars, "normalizer": {"folded": folded}}
    mapping = {"properties": {"name": {"type": "keyword", "normalizer": "folded"}}}
    index = f"{index_prefix}normalizer"
    call("PUT", f"/{index}", {"settings": {"number_of_shards": 1, "analysis": analysis}, "mappings": mapping})
    call("PUT", f"/{index}/_doc/1?refresh=true", {"name": "ＧＢ/T 19001-2016"})
    assert call("POST", f"/{index}/_search", {"query": {"term": {"name": "gb/t 19001.2016"}}})["hits"]["total"]["value"]


def test_synonyms_of_a_set_are_live_at_once(call: Call, index_prefix: str) -> None:
    """The set is read when the index is made, and again whenever the synonyms API changes it."""
    index = rules = f"{index_prefix}synonyms"
    live = {"type": "synonym_graph", "synonyms_set": rules, "updateable": True}
    analyzer = {"tokenizer": "smartcn_tokenizer", "filter": ["lowercase", "live"]}
    analysis = {"filter": {"live": live}, "analyzer": {"query": analyzer, "text": {"tokenizer": "smartcn_tokenizer"}}}
    field = {"type": "text", "analyzer": "text", "search_analyzer": "query"}
    settings = {"number_of_shards": 1, "number_of_replicas": 0, "analysis": analysis}

    call("PUT", f"/_synonyms/{rules}", {"synonyms_set": [{"id": "1", "synonyms": "qms, 质量管理"}]})
    call("PUT", f"/{index}", {"settings": settings, "mappings": {"properties": {"title": field}}})
    call("PUT", f"/{index}/_doc/1?refresh=true", {"title": "质量管理"})

    def found(words: str) -> int:
        query = {"match_phrase": {"title": words}}
        return int(call("POST", f"/{index}/_search", {"query": query})["hits"]["total"]["value"])

    assert (found("qms"), found("tqm")) == (1, 0)
    reloaded = call("PUT", f"/_synonyms/{rules}/2", {"synonyms": "tqm => 质量管理"})
    assert [each["index"] for each in reloaded["reload_analyzers_details"]["reload_details"]] == [index]
    assert (found("qms"), found("tqm")) == (1, 1)
    call("PUT", f"/_synonyms/{rules}", {"synonyms_set": []})
    assert (found("qms"), found("tqm")) == (0, 0)
    call("DELETE", f"/{index}")
    call("DELETE", f"/_synonyms/{rules}")


def test_highlighting_marks_the_words(call: Call, index_prefix: str) -> None:
    index = f"{index_prefix}highlight"
    mapping = {"properties": {"title": {"type": "text", "analyzer": "smartcn"}}}
    call("PUT", f"/{index}", {"settings": {"number_of_shards": 1}, "mappings": mapping})
    call("PUT", f"/{index}/_doc/1?refresh=true", {"title": "质量管理体系要求"})
    search = {"query": {"match": {"title": "管理"}}, "highlight": {"fields": {"title": {}}}}
    hit = call("POST", f"/{index}/_search", search)["hits"]["hits"][0]
    assert hit["highlight"] == {"title": ["质量<em>管理</em>体系要求"]}
