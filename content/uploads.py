"""Why an uploaded file was not read, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from content.sheets.errors import Fault

_FAULTS = {
    Fault.EMPTY: gettext_lazy("The file is empty."),
    Fault.TOO_LARGE: gettext_lazy("The file is larger than %(limit)s MB. Send only the part that matters."),
    Fault.UNKNOWN_TYPE: gettext_lazy(
        "This is not a file of a kind that is read here. Save it as one of those named beside the field."
    ),
    Fault.PROTECTED: gettext_lazy(
        "The file is closed by a password, or in the format of Office before 2007. Save it without a password in "
        "a present-day format."
    ),
    Fault.DAMAGED: gettext_lazy("The file is damaged. Open it, save it anew, and try again."),
    Fault.BOMB: gettext_lazy("Unpacked, the file would be far too large. Save it anew, and try again."),
    Fault.TOO_MANY_ROWS: gettext_lazy("The table has too many rows. Split it into several files."),
    Fault.NO_TEXT: gettext_lazy(
        "The file holds pictures of pages, no text. Send it after text recognition (OCR), or paste the text."
    ),
}


def fault(code: Fault, limit: int) -> str:
    """Why, and what to do; ``limit`` is the most bytes that are read."""
    return str(_FAULTS[code]) % {"limit": limit // 1024 // 1024} if code is Fault.TOO_LARGE else str(_FAULTS[code])
