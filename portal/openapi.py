"""What the OpenAPI description says beyond what the operations declare: errors, headers, language."""

from __future__ import annotations

from typing import Any

from content.api import PROBLEM_JSON, Problem

JsonSchema = dict[str, Any]

PROBLEM_REF: JsonSchema = {"$ref": "#/components/schemas/Problem"}
ERRORS = {
    "400": "The request cannot be read: the body is not JSON, or broke off.",
    "404": "There is no such record.",
    "410": "The record is withdrawn from public view.",
    "413": "The body is too large.",
    "422": "Parameters cannot be used; `errors` names each.",
    "429": "Too many requests; `Retry-After` says when to come back.",
    "503": "The search engine does not answer. Records and designations are still served.",
}
RATE_HEADERS: JsonSchema = {
    "RateLimit-Policy": {"schema": {"type": "string"}, "example": '"default";q=600;w=60'},
    "RateLimit": {"schema": {"type": "string"}, "example": '"default";r=599;t=42'},
}
LANGUAGE: JsonSchema = {
    "name": "lang",
    "in": "query",
    "required": False,
    "schema": {"type": "string", "enum": ["zh-hans", "en"]},
    "description": "Language of labels, messages and page addresses; goes before `Accept-Language`.",
}


def complete(schema: JsonSchema) -> JsonSchema:
    """The description with what all operations have in common, in place."""
    schema["components"]["schemas"].update(_problem_schemas())
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            operation["parameters"] = [*map(parameter, operation["parameters"]), LANGUAGE]
            responses = operation["responses"] = {str(code): one for code, one in operation["responses"].items()}
            responses["200"]["headers"] = dict(RATE_HEADERS)
            for code in _errors(path, method):
                responses.setdefault(code, {"content": {PROBLEM_JSON: {"schema": PROBLEM_REF}}})
                responses[code]["description"] = ERRORS[code]
    return schema


def parameter(given: JsonSchema) -> JsonSchema:
    """A parameter as OpenAPI 3.1 wants it: ``examples`` of a parameter are named objects, those of a schema a list."""
    examples = given.get("examples")
    if not isinstance(examples, list):
        return given
    rest = {name: value for name, value in given.items() if name != "examples"}
    return rest | {"example": examples[0]} if examples else rest


def _errors(path: str, method: str) -> list[str]:
    codes = ["422", "429"]
    if "{" in path:
        codes.append("404")
    if "{slug}" in path:
        codes.append("410")
    if method == "post":
        codes += ["400", "413"]
    if path.endswith(("/search/", "/suggest/")):
        codes.append("503")
    return codes


def _problem_schemas() -> JsonSchema:
    described = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**described.pop("$defs", {}), "Problem": described}
