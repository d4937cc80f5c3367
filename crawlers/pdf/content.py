"""Splits content streams (ISO 32000-1, 7.8.2) into operators and operands.

pdfminer.six reads them character class by character class and spends most of its time there; one regular expression for
a token makes the whole pipeline several times as fast. Quantifiers are possessive: no input makes it go back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from pdfminer.psparser import LIT

TOKEN = re.compile(
    rb"""[\0\t\n\f\r ]*+(?:
      ([0-9.+-]++)                                        # 1 number
    | ([A-Za-z'"][^\0\t\n\f\r ()<>\[\]{}/%]*+)            # 2 operator
    | \( ((?:[^()\\]++|\\.)*+) \)                         # 3 string without parentheses in it
    | < ([0-9A-Fa-f\0\t\n\f\r ]*+) >                      # 4 hexadecimal string
    | / ([^\0\t\n\f\r ()<>\[\]{}/%]*+)                    # 5 name
    | (\[) | (\])                                         # 6, 7 array
    | (\()                                                # 8 string with parentheses in it
    | (%[^\r\n]*+ | << | >> | .)                          # 9 comment, dictionary, stray character
    )""",
    re.VERBOSE | re.DOTALL,
)
NUMBER, OPERATOR, STRING, HEX, NAME, OPEN, CLOSE, NESTED = range(1, 9)
NUMBER_AT_START = re.compile(rb"[+-]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))")
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
PARENTHESIS = re.compile(rb"[()\\]")
HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
IMAGE_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)")
BINARY = re.compile(rb"[^\t\n\f\r -~]")
MAX_OPERANDS = 100_000


def operations(data: bytes, wanted: Collection[bytes], operands: list[Any]) -> Iterator[bytes]:
    """The wanted operators of a stream in order, with their operands in `operands`, which is emptied after each.

    Operands: numbers as floats, strings as bytes, names as pdfminer.six's literals, arrays as flat lists. Of an inline
    image `EI` is left, with the entries of its dictionary. Never raises, whatever the bytes.
    """
    position = 0
    array: list[Any] | None = None
    match = TOKEN.match
    push = operands.append
    while (token := match(data, position)) is not None:
        position = token.end()
        kind = token.lastindex
        if kind == NUMBER:
            push(_number(token[1]))
        elif kind == OPERATOR:
            name = token[2]
            if array is not None:  # a bracket was left open
                operands.append(array)
                array, push = None, operands.append
            if name == b"ID":
                position, name = _image_end(data, position), b"EI"
            if name in wanted:
                yield name
            operands.clear()
        elif kind == STRING:
            push(_unescape(token[3]))
        elif kind == HEX:
            push(_hexadecimal(token[4]))
        elif kind == NAME:
            push(LIT(_name(token[5])))
        elif kind == OPEN and array is None:
            array = []
            push = array.append
        elif kind == CLOSE and array is not None:
            operands.append(array)
            array, push = None, operands.append
        elif kind == NESTED:
            text, position = _nested(data, position)
            push(text)
        if len(operands) > MAX_OPERANDS:
            operands.clear()


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:
        # Seen in the wild: "--5", "1.2.3", "0.-7", a lone "-".
        sound = NUMBER_AT_START.match(token)
        return float(sound[1]) if sound else 0.0


def _unescape(text: bytes) -> bytes:
    return ESCAPE.sub(_escaped, text) if b"\\" in text else text


def _escaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if b"0" <= code[:1] <= b"7":
        return bytes((int(code, 8) & 0xFF,))
    return ESCAPES.get(code, code)


def _hexadecimal(digits: bytes) -> bytes:
    digits = digits.translate(None, b"\0\t\n\f\r ")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _name(raw: bytes) -> str | bytes:
    if b"#" in raw:
        raw = HEX_IN_NAME.sub(lambda match: bytes((int(match[1], 16),)), raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


def _nested(data: bytes, start: int) -> tuple[bytes, int]:
    """The string whose opening parenthesis is just before `start`, and where it ends; to the end where it does not."""
    depth, position = 1, start
    while (found := PARENTHESIS.search(data, position)) is not None:
        position = found.end()
        if found[0] == b"\\":
            position += 1
        else:
            depth += 1 if found[0] == b"(" else -1
            if depth == 0:
                return _unescape(data[start : found.start()]), position
    return _unescape(data[start:]), len(data)


def _image_end(data: bytes, start: int) -> int:
    """Where an inline image ends: at an `EI` that is followed by plain text, not by more of the image."""
    for found in IMAGE_END.finditer(data, start):
        if BINARY.search(data, found.end(), found.end() + 20) is None:
            return found.end()
    return len(data)
