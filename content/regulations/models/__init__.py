"""Regulations, their versions with their texts, and what the texts cite."""

from __future__ import annotations

from content.regulations.models.citations import Citation
from content.regulations.models.regulations import Kind, Regulation, Validity
from content.regulations.models.versions import Provision, Version

__all__ = ["Citation", "Kind", "Provision", "Regulation", "Validity", "Version"]
