"""Standards and what hangs on them."""

from content.standards.models.addresses import FormerAddress
from content.standards.models.bodies import Body
from content.standards.models.classification import CcsClass, IcsClass
from content.standards.models.files import File, FilePage
from content.standards.models.relations import Relation
from content.standards.models.standards import Standard

__all__ = ["Body", "CcsClass", "File", "FilePage", "FormerAddress", "IcsClass", "Relation", "Standard"]
