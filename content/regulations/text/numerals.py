"""Chinese numerals as articles are counted with them: 第一百零三条, 第二〇五条, 第12条."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "零一二三四五六七八九"
_VALUES: Final = {char: value for value, char in enumerate(DIGITS)} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_WIDE: Final = {ord("０") + value: str(value) for value in range(10)}

CHARACTERS: Final = "".join(_VALUES) + "".join(_UNITS)
"""Everything a Chinese numeral below ten thousand is written with."""
MAX_NUMBER: Final = 9_999
_LONGEST: Final = 9


def number_of(text: str) -> int:
    """The value of a numeral from 0 to 9,999, Chinese (一百零三, 一〇三, 十) or of digits (103, １０３).

    Raises ValueError for what is none, among it a numeral whose units go up again (十百).
    """
    plain = text.translate(_WIDE)
    if not plain or len(plain) > _LONGEST:
        raise ValueError(text)
    if plain.isascii():
        if not plain.isdigit() or int(plain) > MAX_NUMBER:
            raise ValueError(text)
        return int(plain)
    if not any(char in _UNITS for char in plain):
        return _positional(plain)
    return _counted(plain)


def _positional(text: str) -> int:
    """二〇五: each character is a digit."""
    value = 0
    for char in text:
        if char not in _VALUES:
            raise ValueError(text)
        value = value * 10 + _VALUES[char]
    if value > MAX_NUMBER:
        raise ValueError(text)
    return value


def _counted(text: str) -> int:
    """一百零三: digits before their units."""
    total, digit, last = 0, -1, 10_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= last or digit == 0:
                raise ValueError(text)
            total += (1 if digit < 0 else digit) * unit
            digit, last = -1, unit
        elif char in _VALUES:
            if digit > 0:
                raise ValueError(text)
            digit = _VALUES[char]
        else:
            raise ValueError(text)
    return total + max(digit, 0)


def numeral_of(number: int) -> str:
    """The numeral of a number from 1 to 9,999 as laws write it: 12 → 十二, 103 → 一百零三, 110 → 一百一十."""
    if not 1 <= number <= MAX_NUMBER:
        raise ValueError(str(number))
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            one = "" if digit == 1 and unit == 10 and not written else DIGITS[digit]
            written += ("零" if gap and written else "") + one + name
            gap = False
        else:
            gap = True
    return written
