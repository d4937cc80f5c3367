"""What pydantic finds wrong with a parameter, as a translated sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def sentence(error: dict[str, Any]) -> str:
    """One sentence for one pydantic error (``type`` and ``ctx``, https://docs.pydantic.dev/latest/errors/validation_errors/)."""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return _("It is required.")
        case "string_too_long":
            return _("It is longer than %(limit)s characters.") % {"limit": context["max_length"]}
        case "string_too_short":
            return _("It is shorter than %(limit)s characters.") % {"limit": context["min_length"]}
        case "too_long":
            return _("There are more than %(limit)s of them.") % {"limit": context["max_length"]}
        case "too_short":
            return _("There are fewer than %(limit)s of them.") % {"limit": context["min_length"]}
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return _("It is not a whole number.")
        case "greater_than_equal":
            return _("It is less than %(limit)s.") % {"limit": context["ge"]}
        case "less_than_equal":
            return _("It is more than %(limit)s.") % {"limit": context["le"]}
        case "bool_parsing" | "bool_type":
            return _("It is neither true nor false.")
        case "literal_error" | "enum":
            return _("It is none of %(choices)s.") % {"choices": context["expected"].replace(" or ", ", ")}
        case "string_pattern_mismatch":
            return _("It is not written as expected (%(pattern)s).") % {"pattern": context["pattern"]}
        case "string_type":
            return _("It is not a text.")
        case "list_type":
            return _("It is not a list.")
        case kind if kind.startswith(("date_", "datetime_")):
            return _("It is not a date (YYYY-MM-DD).")
        case _other:
            return str(error.get("msg", ""))
