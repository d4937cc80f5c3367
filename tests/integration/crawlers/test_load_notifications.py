"""Documents of notifications from a folder: every language of one becomes one record, what is broken is kept aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from content.provenance.models import RejectedItem, Run
from content.tbt.models import Notification
from tests.unit.crawlers.sources.tbt_form_files import FACTS, docx_form, head, pdf_form, points

pytestmark = pytest.mark.django_db
FACT = FACTS[0]


def test_documents_in_several_languages_are_one_notification(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "en.docx").write_bytes(docx_form(head(FACT, "en"), points(FACT, "en"), "rows"))
    (tmp_path / "a" / "fr.PDF").write_bytes(pdf_form(head(FACT, "fr"), points(FACT, "fr"), "lines"))
    (tmp_path / "es.docx").write_bytes(docx_form(head(FACT, "es"), points(FACT, "es"), "cells"))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "letter.docx").write_bytes(b"PK nothing")
    (tmp_path / "notes.txt").write_text("not read")
    call_command("load_notifications", str(tmp_path))
    assert "items 3, created 1" in capsys.readouterr().out
    one = Notification.objects.get()
    assert (one.symbol, one.circulated, one.number) == (FACT.symbol, FACT.circulated, FACT.number)
    assert {text.language for text in one.wordings.all()} == {"en", "fr", "es"}
    assert one.hs == list(FACT.hs)
    kept = dict(RejectedItem.objects.values_list("key", "reason"))
    assert set(kept) == {"broken.pdf", "letter.docx"}
    call_command("load_notifications", str(tmp_path))
    assert "created 0, updated 0, unchanged 3" in capsys.readouterr().out
    assert Run.objects.filter(source="wto_documents", state=Run.State.SUCCEEDED).count() == 2


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no notification"):
        call_command("load_notifications", str(tmp_path))
    with pytest.raises(CommandError, match="not a folder"):
        call_command("load_notifications", str(tmp_path / "absent"))
