"""Substances with the entries of the lists that name them, and guidance on what they mean."""

from content.reach.models.guidance import Guidance, GuidancePage
from content.reach.models.saved import SavedIdentifier, SavedList
from content.reach.models.substances import ListEntry, Number, Substance

__all__ = ["Guidance", "GuidancePage", "ListEntry", "Number", "SavedIdentifier", "SavedList", "Substance"]
