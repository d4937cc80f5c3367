"""Records for tests, with the identity that their designation gives them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from content.provenance.models import Change, Claim, Run, Source
from content.standards.models import Body, CcsClass, File, IcsClass, Relation, Standard
from search.designations import parse

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def make_standard(designation: str, *, ics: tuple[str, ...] = (), ccs: tuple[str, ...] = (), **values: Any) -> Standard:
    """A public standard in force; ``values`` go over what the designation says."""
    parsed = parse(designation)
    code = f"{parsed.publisher}/{parsed.doctype}" if parsed.doctype == "T" else parsed.publisher
    body, _new = Body.objects.get_or_create(code=code, defaults={"name_en": code, "name_zh": code})
    fields: dict[str, Any] = {
        "designation": parsed.canonical,
        "designation_published": designation,
        "slug": parsed.slug,
        "undated_slug": parsed.undated_slug,
        "family_slug": parsed.family_slug,
        "sort_key": parsed.slug,
        "body": body,
        "number": parsed.number,
        "part": parsed.part,
        "year": parsed.year,
        "kind": str(parsed.kind),
        "title_en": f"Title of {parsed.canonical}",
        "status": Standard.Status.IN_FORCE,
        "published": str(parsed.year or ""),
        "created_at": NOW,
        "updated_at": NOW,
    }
    standard = Standard.objects.create(**(fields | values))
    standard.ics.set([_class(IcsClass, code) for code in ics])
    standard.ccs.set([_class(CcsClass, code) for code in ccs])
    return standard


def _class(model: Any, code: str) -> Any:
    level = 1 + code.count(".") if model is IcsClass else 1 if len(code) == 1 else 3
    parent = _class(model, code.rpartition(".")[0]) if model is IcsClass and "." in code else None
    return model.objects.get_or_create(
        code=code, defaults={"title_zh": f"类{code}", "title_en": f"Class {code}", "level": level, "parent": parent}
    )[0]


def relate(standard: Standard, kind: str, target: Standard | str, **values: Any) -> Relation:
    """``standard KIND target``; a text is a target that is not held."""
    if isinstance(target, Standard):
        return Relation.objects.create(
            standard=standard, kind=kind, target_designation=target.designation, target_slug=target.slug, target=target,
            **values,
        )  # fmt: skip
    parsed = parse(target)
    return Relation.objects.create(
        standard=standard, kind=kind, target_designation=parsed.canonical, target_slug=parsed.slug, **values
    )


def make_source(name: str = "registry", **values: Any) -> Source:
    """A source that was never read."""
    fields: dict[str, Any] = {
        "title_zh": "登记处",
        "title_en": "Registry",
        "publisher": "Registry Office",
        "licence": "CC BY 4.0",
        "human_url": "https://registry.example/",
        "data_url": "https://registry.example/data",
        "frequency": "daily",
    }
    return Source.objects.create(name=name, **(fields | values))


def make_run(source: Source, **values: Any) -> Run:
    """A run that succeeded."""
    fields: dict[str, Any] = {
        "state": Run.State.SUCCEEDED,
        "backend": Run.Backend.RECORDED,
        "started_at": NOW,
        "finished_at": NOW,
    }
    return Run.objects.create(source=source, **(fields | values))


def make_claim(standard: Standard, source: Source, **values: Any) -> Claim:
    """What ``source`` says of ``standard``."""
    fields: dict[str, Any] = {
        "key": standard.slug,
        "url": f"https://registry.example/{standard.slug}",
        "item_hash": "0" * 64,
        "first_seen": NOW,
        "changed_at": NOW,
    }
    return Claim.objects.create(record_type="standard", record_id=standard.pk, source=source, **(fields | values))


def make_change(standard: Standard, **values: Any) -> Change:
    """A field that a source changed."""
    fields: dict[str, Any] = {"kind": Change.Kind.FIELD, "cause": Change.Cause.SOURCE, "field": "title_en", "at": NOW}
    return Change.objects.create(
        record_type="standard", record_id=standard.pk, label=standard.designation, **(fields | values)
    )


def make_file(standard: Standard, name: str = "text.pdf", **values: Any) -> File:
    """A file that is on record; its bytes are not there."""
    fields: dict[str, Any] = {
        "content": f"{standard.slug}/{name}",
        "sha256": "a" * 64,
        "size": 1234,
        "pages": 3,
        "access": Standard.Access.FULL_TEXT,
        "added_at": NOW,
    }
    return File.objects.create(standard=standard, name=name, **(fields | values))
