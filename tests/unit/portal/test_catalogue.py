"""The catalogue of translations holds every message, translated, with the same placeholders."""

from __future__ import annotations

import gettext
import os
import re
from pathlib import Path

import polib
import pytest

from portal.api import api
from portal.api_docs import texts
from portal.catalogue import Message, compile_changed, gather, in_python, in_template, update
from portal.settings.env import BASE_DIR

CHINESE = BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+>")


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return gather(BASE_DIR, texts(api.get_openapi_schema()))


@pytest.fixture(scope="module")
def chinese() -> polib.POFile:
    catalogue: polib.POFile = polib.pofile(str(CHINESE))
    return catalogue


def test_every_message_is_translated(messages: list[Message], chinese: polib.POFile) -> None:
    """After ``manage.py messages`` and a translator's work this passes again."""
    translated = {(entry.msgctxt or "", entry.msgid) for entry in chinese if entry.translated()}
    missing = [f"{message.text!r} in {', '.join(sorted(message.places))}" for message in messages
               if message.key not in translated]  # fmt: skip
    assert not missing, "\n".join(missing)


def test_nothing_is_left_over_doubtful_or_doubled(messages: list[Message], chinese: polib.POFile) -> None:
    keys = [(entry.msgctxt or "", entry.msgid) for entry in chinese]
    assert len(keys) == len(set(keys))
    assert set(keys) == {message.key for message in messages}
    assert not [entry.msgid for entry in chinese if entry.fuzzy or entry.obsolete]


def test_placeholders_and_markup_agree(chinese: polib.POFile) -> None:
    for entry in chinese:
        shown = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        assert sorted(PLACEHOLDER.findall(shown)) == sorted(PLACEHOLDER.findall(entry.msgid)), entry.msgid


def test_message_ids_are_english(messages: list[Message]) -> None:
    assert not [message.text for message in messages if re.search(r"[\u3400-\u9fff]", message.text)]


def test_messages_of_a_module() -> None:
    source = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext as many, pgettext_lazy
from django.utils import translation
A = _("one")
B = gettext_lazy("two " "parts")
C = many("%(n)d thing", "%(n)d things", 2)
D = pgettext_lazy("place", "here")
E = translation.gettext("attribute")
F = _(A)
G = other("no message")
"""
    found = {(one.context, one.text, one.plural) for one in in_python(source)}
    assert found == {
        ("", "one", ""), ("", "two parts", ""), ("", "%(n)d thing", "%(n)d things"), ("place", "here", ""),
        ("", "attribute", ""),
    }  # fmt: skip


def test_messages_of_a_template() -> None:
    source = """{% load i18n %}{% block a %}{% if x %}{% translate "in a condition" %}{% endif %}
    {% for y in x %}{% translate "50% off" context "shop" %}{% empty %}{% translate "none" as text %}{% endfor %}
    {% blocktranslate count n=x|length with name=y %}\
{{ n }} of {{ name }}{% plural %}{{ n }} more{% endblocktranslate %}
    {% translate variable %}{% endblock %}"""
    found = {(one.context, one.text, one.plural) for one in in_template(source)}
    assert found == {
        ("", "in a condition", ""), ("shop", "50%% off", ""), ("", "none", ""),
        ("", "%(n)s of %(name)s", "%(n)s more"),
    }  # fmt: skip


def test_an_update_keeps_translations_and_drops_what_is_gone() -> None:
    catalogue = polib.POFile()
    catalogue += [polib.POEntry(msgid="kept", msgstr="保留"), polib.POEntry(msgid="gone", msgstr="删除")]
    update(catalogue, [Message("kept", places={"a.py"}), Message("%(n)s new", "%(n)s newer")])
    assert [(entry.msgid, entry.msgstr) for entry in catalogue] == [("kept", "保留"), ("%(n)s new", "")]
    assert catalogue[0].occurrences == [("a.py", "")]
    assert "python-format" in catalogue[1].flags


def test_a_changed_catalogue_is_compiled_and_an_unchanged_one_is_left(tmp_path: Path) -> None:
    source, target = tmp_path / "locale", tmp_path / "compiled"
    po = source / "zh_Hans" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "one"\nmsgstr "一"\n')
    compile_changed(source, target)
    mo = target / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("one") == "一"
    first = mo.stat().st_mtime_ns
    compile_changed(source, target)
    assert mo.stat().st_mtime_ns == first
    po.write_text(po.read_text().replace("一", "壹"))
    os.utime(po, ns=(first + 10**9, first + 10**9))
    compile_changed(source, target)
    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("one") == "壹"
    assert [path.name for path in mo.parent.iterdir()] == ["django.mo"]
