"""Forms of the editors' desk for regulations."""

from __future__ import annotations

from content.desk import LockingForm
from content.regulations.editing import EDITABLE
from content.regulations.models import Regulation


class RegulationForm(LockingForm):
    """Edits the values of an act."""

    class Meta:
        model = Regulation
        fields = list(EDITABLE)
