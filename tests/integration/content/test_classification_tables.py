"""The bundled ICS and CCS tables."""

from __future__ import annotations

import pytest

from content.standards.classification_tables import load_classifications
from content.standards.models import CcsClass, IcsClass

pytestmark = pytest.mark.django_db


def test_every_class_has_its_place_and_a_title() -> None:
    IcsClass.objects.create(code="03.120.10", level=3)  # a source used it before the table was loaded
    IcsClass.objects.create(code="99.999", level=2)
    assert load_classifications() == IcsClass.objects.exclude(code="99.999").count() + CcsClass.objects.count()
    quality = IcsClass.objects.get(code="03.120.10")
    assert (quality.title_en, quality.title_zh) == ("Quality management and quality assurance", "质量管理和质量保证")
    assert quality.parent_id == "03.120"
    a00 = CcsClass.objects.get(code="A00")
    assert (a00.parent_id, a00.title_zh) == ("A00/09", "标准化、质量管理")
    assert not IcsClass.objects.filter(title_en="", title_zh="").exclude(code="99.999").exists()
    before = IcsClass.objects.count()
    load_classifications()
    assert IcsClass.objects.count() == before
