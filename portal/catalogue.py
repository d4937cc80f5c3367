"""The catalogue of translations: gathered from the code, the templates and the API's description, compiled without GNU
gettext.

Message ids are English. ``locale/<language>/LC_MESSAGES/django.po`` is what translators edit; ``manage.py messages``
brings it up to date. The compiled form is made in the data folder when the portal starts.
"""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.template import Context, Node, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

PACKAGES = ("portal", "content", "search", "crawlers")

DESCRIPTION = "api/v1/openapi.json"
"""The place of messages that come from doc strings of the API."""

_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
"""Function → which argument is context, message, plural; their ``_lazy`` and ``_noop`` kin alike."""


@dataclass(slots=True)
class Message:
    """``context`` tells equal words apart; ``places`` are ``path`` relative to the project."""

    text: str
    plural: str = ""
    context: str = ""
    places: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def compile_changed(source: Path, target: Path) -> None:
    """Compile each ``.po`` under ``source`` whose ``.mo`` under ``target`` is missing or older.

    Several processes may do so at once: each writes a file of its own and renames it.
    """
    for po in source.glob("*/LC_MESSAGES/django.po"):
        mo = (target / po.relative_to(source)).with_suffix(".mo")
        if mo.is_file() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        mo.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=mo.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(polib.pofile(str(po)).to_binary())
        Path(temporary).replace(mo)


def gather(root: Path, described: Iterable[str] = ()) -> list[Message]:
    """Every message of the project, in order of text; ``described`` are those of the API's description."""
    found = {("", text): Message(text, places={DESCRIPTION}) for text in described}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if "migrations" in path.parts or not path.is_file():
                continue
            place = path.relative_to(root).as_posix()
            if path.suffix == ".py":
                messages = in_python(path.read_text())
            elif "templates" in path.parts and path.suffix in (".html", ".xml", ".txt"):
                messages = in_template(path.read_text())
            else:
                continue
            for message in messages:
                known = found.setdefault(message.key, message)
                known.plural = known.plural or message.plural
                known.places.add(place)
    return sorted(found.values(), key=lambda message: (message.text.lower(), message.context))


def in_python(source: str) -> Iterator[Message]:
    """Messages of a module: literal arguments of gettext and its kin, and of ``_`` for any of them."""
    tree = ast.parse(source)
    names = {"_": "gettext"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: _plain(alias.name) for alias in node.names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        context, message, plural = _CALLS.get(names.get(called, _plain(called)), (None, -1, None))
        if message >= 0 and (text := _literal(node.args, message)):
            yield Message(text, _literal(node.args, plural), _literal(node.args, context))


def in_template(source: str) -> Iterator[Message]:
    """Messages of a template: ``translate`` and ``blocktranslate``."""
    for node in _nodes(Template(source)):
        if isinstance(node, TranslateNode):
            literal = getattr(node.filter_expression.var, "literal", None)
            if isinstance(literal, str):
                yield Message(literal.replace("%", "%%"), context=_context(node))
        elif isinstance(node, BlockTranslateNode):
            texts = [node.render_token_list(tokens)[0] for tokens in (node.singular, node.plural) if tokens]
            yield Message(texts[0], texts[1] if len(texts) > 1 else "", _context(node))


def update(catalogue: polib.POFile, messages: Iterable[Message]) -> None:
    """Bring a catalogue up to date: new messages untranslated, those no longer used dropped, in order of text."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete}
    entries = []
    for message in messages:
        entry = known.get(message.key) or polib.POEntry(msgid=message.text, msgctxt=message.context or None)
        entry.occurrences = [(place, "") for place in sorted(message.places)]
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr}
            entry.msgstr = ""
        if "%(" in message.text and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        entries.append(entry)
    catalogue[:] = entries


def _nodes(template: Template) -> list[Node]:
    return [node for top in template.nodelist for node in top.get_nodes_by_type(Node)]


def _context(node: TranslateNode | BlockTranslateNode) -> str:
    return str(node.message_context.resolve(Context())) if node.message_context else ""


def _plain(name: str) -> str:
    return name.removesuffix("_lazy").removesuffix("_noop")


def _literal(args: list[ast.expr], index: int | None) -> str:
    if index is None or index >= len(args):
        return ""
    value = getattr(args[index], "value", None)
    return value if isinstance(value, str) else ""
