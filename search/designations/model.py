"""What a designation (标准编号) says, taken apart.

Terms follow ISO/IEC Directives Part 2 (reference, part, amendment, technical corrigendum), GB/T 1.1-2020 (标准编号,
部分, 修改单) and, for the weight of Chinese standards, the Standardization Law of the PRC (2017), article 2.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from search.designations import classify, keys, registry, render


class Kind(StrEnum):
    """What sort of document a designation names, whoever publishes it."""

    STANDARD = "standard"
    SPECIFICATION = "technical-specification"  # ISO/TS, CEN/TS, ETSI TS, IEC SRD, DIN SPEC
    REPORT = "technical-report"  # ISO/TR, CEN/TR, ETSI TR, NIST IR and TN
    PUBLICLY_AVAILABLE = "publicly-available-specification"  # ISO/PAS, IEC PAS
    WORKSHOP_AGREEMENT = "workshop-agreement"  # IWA, CWA
    GUIDE = "guide"  # ISO Guide, GB/Z (指导性技术文件), OIML G
    RECOMMENDATION = "recommendation"  # ITU-T, ITU-R, OIML R, and ISO/R (until 1971)
    PROFILE = "standardized-profile"  # ISO/IEC ISP
    PUBLICATION = "publication"  # RFC, NIST SP and the other series which are not standards in name
    CODE_OF_PRACTICE = "code-of-practice"  # Codex CXC
    REGULATION = "regulation"  # JJG verification regulations (检定规程), JJF (计量技术规范)
    DRAFT = "draft"  # any of the above before publication; see Designation.stage
    AMENDMENT = "amendment"  # Amd, A1, 修改单
    CORRIGENDUM = "corrigendum"  # Cor, AC, Err
    ADDENDUM = "addendum"
    SUPPLEMENT = "supplement"
    INTERPRETATION = "interpretation"  # IEC ISH


@dataclass(frozen=True, slots=True)
class Supplement:
    """A document that changes another: amendment, corrigendum, addendum (修改单, 勘误, 补充件).

    ``kind`` is one of ``Amd Cor Add Err Suppl Ext ISH App Annex TCor XG NA CN``; ``XG`` is the Chinese 第n号修改单,
    ``NA`` the national annex to a European standard, ``CN`` the French complement to one.
    ``number`` may carry an iteration ("1.2") and may be empty (ISO 3758:1991/Suppl:1993). ``included`` is true
    where the designation names the text with the change worked in (EN 71-1:2014+A1:2018), false where it names the
    change alone (…/A1:2018).
    """

    kind: str
    number: str
    year: int | None = None
    stage: str = ""
    month: int | None = None
    included: bool = False


@dataclass(frozen=True, slots=True)
class Designation:
    """One designation, as its publisher means it. Equal designations have equal fields, whatever way they were typed.

    ``edition`` is the publisher's own mark beside or instead of a year: "r5" (NIST), "V2.2.2" (ETSI), "7" (ITU-R
    BT.601-7), "ae1" (ASTM E8/E8M-16ae1), "2018" (GB 50016-2014(2018年版)). ``reaffirmed`` is the year in ASTM
    D1238-13(2018) and ANSI X3.4-1986 (R1992). ``variant`` is an IEC product form (CSV, EXV, RLV, CMV, PRV, SER).
    ``iteration`` is the 2 of ISO/DIS 13504.2. ``adopted`` is the designation written inside this one; its year is
    the one printed, which is that of the adopter where only one is printed (DIN EN ISO 9001:2015-11). ``dual`` is the
    international half of a dual number (双编号, GB/T 7939-2008/ISO 6605:2002), which GB/T 1.2-2020 keeps to the cover:
    it is no part of the identity.
    """

    publisher: str
    number: str
    doctype: str = ""
    part: str = ""
    year: int | None = None
    month: int | None = None
    edition: str = ""
    stage: str = ""
    iteration: int | None = None
    reaffirmed: int | None = None
    variant: str = ""
    supplements: tuple[Supplement, ...] = ()
    all_parts: bool = False
    adopted: Designation | None = None
    dual: Designation | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return self.canonical

    @property
    def canonical(self) -> str:
        """As the publisher prints it, in ASCII where the publisher's script allows: ``GB/T 19001-2016``."""
        return render.canonical(self)

    @property
    def slug(self) -> str:
        """Address of this very designation, of ``[a-z0-9.-]`` only; ``parse_slug`` gives the designation back."""
        from search.designations import slugs  # the slug is checked by parsing it, and parsing needs this module

        return slugs.slug_of(self)

    @property
    def undated(self) -> Designation:
        """The same document whatever its edition: without years, edition, reaffirmation, variant; the part stays."""
        return replace(
            self,
            year=None,
            month=None,
            edition="",
            reaffirmed=None,
            variant="",
            supplements=tuple(replace(s, year=None, month=None) for s in self.supplements),
            adopted=self.adopted.undated if self.adopted else None,
        )

    @property
    def undated_slug(self) -> str:
        return self.undated.slug

    @property
    def family(self) -> Designation:
        """All parts, editions, drafts and supplements of one number."""
        return Designation(
            publisher=self.publisher,
            number=self.number,
            doctype=self.doctype,
            adopted=self.adopted.family if self.adopted else None,
        )

    @property
    def family_slug(self) -> str:
        return self.family.slug

    @property
    def base(self) -> Designation:
        """Without supplements: the text that an amendment amends."""
        if not self.supplements:
            return self
        return replace(self, supplements=(), variant="", adopted=self.adopted.base if self.adopted else None)

    @property
    def parent(self) -> Designation:
        """Without the last supplement: what ``…/Amd 1:1997/Cor 1:1999`` corrects is ``…/Amd 1:1997``."""
        if len(self.supplements) < 2:
            return self.base
        return replace(self, supplements=self.supplements[:-1])

    def with_year(self, year: int | None, month: int | None = None) -> Designation:
        """The edition of ``year`` of this document; ``adopted`` follows."""
        return replace(self, year=year, month=month, adopted=self.adopted.with_year(year) if self.adopted else None)

    @property
    def joined(self) -> str:
        """Lower case, letters and digits only, for prefix and exact keys in an index: ``gbt190012016``."""
        return keys.joined(self.canonical)

    @property
    def sort_key(self) -> str:
        """A string whose plain order is the natural one: publisher, type, number, part, year, stage, supplements."""
        return keys.sort_key(self)

    @property
    def draft(self) -> bool:
        """Whether it names a document before its publication."""
        return bool(self.stage or (self.supplements and self.supplements[-1].stage))

    @property
    def kind(self) -> Kind:
        return Kind(classify.kind_of(self))

    @property
    def body(self) -> str:
        """Code of the issuing body: ``ISO``, ``ISO/IEC``, ``SAC``, ``CN-MEE`` (a ministry), ``CN-44`` (a province)."""
        return registry.issuer(self.publisher, self.number).body

    @property
    def jurisdiction(self) -> str:
        """``international``, ``regional``, ``national``, ``industry``, ``local``, ``association`` or ``enterprise``."""
        return registry.publisher(self.publisher).jurisdiction

    @property
    def obligation(self) -> str:
        """``mandatory``, ``recommended`` or ``guidance`` for Chinese standards, else ""."""
        return classify.obligation_of(self)
