"""The OpenAPI description: valid, complete, and true of every answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from content.reach import store
from content.reach.items import EntryItem, SubstanceItem
from content.regulations.store import upsert as upsert_regulations
from portal.api import api
from tests.factories import make_change, make_claim, make_file, make_run, make_source, make_standard, relate
from tests.integration.content.regulations.samples import NEW, OLD
from tests.integration.content.tbt.samples import TOYS
from tests.integration.content.tbt.samples import load as load_notifications

Description = dict[str, Any]
Operation = tuple[str, str, Description]


@pytest.fixture(scope="module")
def description() -> Description:
    # Through JSON, as readers get it.
    return Client().get("/api/v1/openapi.json").json()  # type: ignore[no-any-return]


def operations(description: Description) -> Iterator[Operation]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def valid(description: Description, schema: Description, answer: Any) -> list[str]:
    whole = {**schema, "components": description["components"]}
    return [error.message[:300] for error in OAS31Validator(whole).iter_errors(answer)]


def test_it_is_valid_openapi(description: Description) -> None:
    assert description["openapi"].startswith("3.1")
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []


def test_every_address_of_the_api_is_described(description: Description) -> None:
    def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from routes(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)

    known = {route for route in routes(get_resolver().url_patterns) if route.startswith("/api/v1/")}
    known -= {"/api/v1/", "/api/v1/openapi.json"}
    assert {route for route in known if "^" not in route} == set(description["paths"])


def test_everything_is_described(description: Description) -> None:
    names = []
    for method, path, operation in operations(description):
        where = f"{method} {path}"
        names.append(operation["operationId"])
        assert operation["summary"], where
        assert operation["description"], where
        assert operation["tags"], where
        for parameter in operation["parameters"]:
            assert parameter.get("description"), (where, parameter["name"])
        assert "lang" in {parameter["name"] for parameter in operation["parameters"]}, where
        assert "RateLimit" in operation["responses"]["200"]["headers"], where
        for code in ("422", "429"):
            problem = operation["responses"][code]["content"]["application/problem+json"]
            assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}, where
    assert len(names) == len(set(names))


@pytest.fixture
def records(build_index: Callable[[], int]) -> None:
    """What the examples ask for, indexed."""
    source = make_source("iso")
    make_run(source)
    old = make_standard("GB/T 19001-2008", status="superseded")
    standard = make_standard("GB/T 19001-2016", ics=("03.120.10",), ccs=("A00",), scope="管理体系")
    relate(standard, "replaces", old, source=source)
    relate(standard, "adopts", "ISO 9001:2015", degree="IDT", source=source)
    make_claim(standard, source, values={"title_en": "x"})
    make_change(standard, old="a", new="b", source=source)
    make_file(standard, source=source)
    substance = SubstanceItem(name="4,4'-isopropylidenediphenol", cas=("80-05-7",))
    item = EntryItem(key="80-05-7", url="", list_name="candidate", substance=substance, included="2017-01-12")
    store.upsert([item], source=make_source("echa_candidate"))
    upsert_regulations([OLD, NEW], source=make_source("flk"))
    load_notifications(TOYS.model_copy(update={"symbol": "G/TBT/N/EU/1004"}))
    build_index()


def requests(description: Description) -> Iterator[tuple[str, str, Description, dict[str, Any]]]:
    """Each operation with no optional parameter, with each example alone, and with all of them."""
    for method, path, operation in operations(description):
        examples = {one["name"]: one["example"] for one in operation["parameters"] if "example" in one}
        required = {one["name"] for one in operation["parameters"] if one["required"]}
        for name in required:
            assert name in examples, f"{path}: {name} has no example"
        here = {name: value for name, value in examples.items() if name in required}
        yield method, path, operation, here
        for name in examples.keys() - required:
            yield method, path, operation, here | {name: examples[name]}
        yield method, path, operation, examples


def post_example(
    client: Client, url: str, query: dict[str, Any], operation: Description, description: Description
) -> Any:
    content = operation["requestBody"]["content"]
    if "multipart/form-data" in content:
        return client.post(url, {"file": SimpleUploadedFile("list.txt", b"GB/T 19001-2008")}, query_params=query)
    schema = content["application/json"]["schema"]
    if "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return client.post(url, schema["examples"][0], content_type="application/json", query_params=query)


@pytest.mark.usefixtures("records")
def test_every_example_works_and_its_answer_is_as_described(client: Client, description: Description) -> None:
    tried = set()
    for method, path, operation, parameters in requests(description):
        url = path.format(**parameters)
        query = {name: value for name, value in parameters.items() if f"{{{name}}}" not in path}
        if method == "get":
            response = client.get(url, query, headers={"X-Forwarded-For": "ignored"})
        else:
            response = post_example(client, url, query, operation, description)
        assert response.status_code == 200, (method, url, query, response.content[:500])
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert valid(description, schema, response.json()) == [], (method, url, query)
        tried.add((method, path))
    assert len(tried) == sum(1 for _operation in operations(description))


@pytest.mark.django_db
def test_problems_are_as_described(client: Client, description: Description) -> None:
    schema = {"$ref": "#/components/schemas/Problem"}
    for path in ("standards/none/", "standards/?size=0", "nowhere", "search/?page=0", "designations/resolve?q=x"):
        response = client.get(f"/api/v1/{path}")
        assert response.status_code >= 400
        assert valid(description, schema, response.json()) == []


@pytest.mark.usefixtures("records")
def test_the_reference_page_shows_every_operation_and_its_examples_work(
    client: Client, description: Description
) -> None:
    for page in ("/api/docs", "/en/api/docs"):
        text = client.get(page).content.decode()
        for _method, path, operation in operations(description):
            assert path in text
            assert (f">{operation['summary']}</h2>" in text) == page.startswith("/en/"), "it is in the page's language"
        examples = re.findall(r'<a class="mono" href="([^"]+)"', text)
        assert len(examples) > 10
        for example in examples:
            assert client.get(unescape(example)).status_code == 200, example


def test_the_console_needs_nobody_else(client: Client) -> None:
    response = client.get("/api/docs/console")
    text = response.content.decode()
    assert "/api/v1/openapi.json" in text
    assert not re.search(r"(src|href)=\"(https?:)?//", text)
    assert "'unsafe-inline'" not in response["Content-Security-Policy"].split("script-src")[1].split(";")[0]


def test_the_server_is_the_one_that_was_asked(description: Description) -> None:
    assert description["servers"] == [{"url": "/"}]
    assert description["info"]["version"] == api.version
