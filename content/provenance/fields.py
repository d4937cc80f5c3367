"""Fields that records of every subject have."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

PARTIAL_DATE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z", _("Enter a date as YYYY, YYYY-MM or YYYY-MM-DD.")
)


class PartialDateField(models.CharField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A date as precise as its source gives it: ``2015``, ``2015-09`` or ``2015-09-15`` (ISO 8601-1); sorts as text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, PARTIAL_DATE]
