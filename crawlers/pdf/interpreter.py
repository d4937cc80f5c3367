"""pdfminer.six's content interpreter, cut down to what places text and images, and patient with broken operators."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psexceptions import PSException

from crawlers.pdf.content import operations

log = logging.getLogger(__name__)

USED = {
    b"q": "q", b"Q": "Q", b"cm": "cm", b"BT": "BT", b"Tc": "Tc", b"Tw": "Tw", b"Tz": "Tz", b"TL": "TL", b"Tf": "Tf",
    b"Ts": "Ts", b"Td": "Td", b"TD": "TD", b"Tm": "Tm", b"T*": "T_a", b"Tj": "Tj", b"TJ": "TJ", b"'": "_q", b'"': "_w",
    b"Do": "Do", b"EI": "inline_image",
}  # fmt: skip
"""Operators (ISO 32000-1, annex A) that matter here → pdfminer.six's name for them. Paths and colours do not."""


class MissingFont(PDFFont):
    """Stands for a font whose object is not in the file: what its codes mean cannot be known."""

    def __init__(self) -> None:
        super().__init__({}, {}, default_width=500)

    def to_unichr(self, cid: int) -> str:
        raise PDFUnicodeNotDefined(None, cid)


class Fonts(PDFResourceManager):
    """Fonts by object, a bounded number of them; a broken font becomes the default one instead of ending the page."""

    LIMIT = 256

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        if objid and not spec:
            return MissingFont()
        try:
            return super().get_font(objid, spec)
        except Exception:  # pdfminer.six raises whatever a malformed font leads it to
            log.info("font %r cannot be read", objid, exc_info=True)
            font = super().get_font(None, {})
            if objid:
                self._cached_fonts[objid] = font
            return font

    def is_full(self) -> bool:
        return len(self._cached_fonts) > self.LIMIT

    def forget(self) -> None:
        self._cached_fonts.clear()


class Interpreter(PDFPageInterpreter):
    """Executes content streams on a `Canvas`."""

    operators: dict[bytes, tuple[Callable[..., None], int]]

    def do_TJ(self, seq: Any) -> None:
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_Do(self, xobjid_arg: Any) -> None:
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)  # a form leaves its own matrix behind

    def execute(self, streams: Sequence[object]) -> None:
        self.stream_ids.clear()
        valid: list[PDFStream] = []
        for item in streams:
            stream = stream_value(item)
            if stream.objid is None or stream.objid in self.parent_stream_ids:
                continue  # a form that draws itself would never end
            valid.append(stream)
            self.stream_ids.add(stream.objid)
        operators = self.operators
        operands: list[Any] = []
        for stream in valid:
            for name in operations(stream.get_data(), operators, operands):
                method, count = operators[name]
                if len(operands) < count:
                    continue
                try:
                    method(self, *operands[len(operands) - count :])
                except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, PSException):
                    log.info("operator %r cannot be executed", name, exc_info=True)

    def do_inline_image(self) -> None:
        """An inline image: what matters is how much of the page it covers."""
        self.device.render_image("", PDFStream({}, b""))


def _operators() -> dict[bytes, tuple[Callable[..., None], int]]:
    methods = {name: getattr(Interpreter, f"do_{method}") for name, method in USED.items()}
    return {name: (method, method.__code__.co_argcount - 1) for name, method in methods.items()}


Interpreter.operators = _operators()
