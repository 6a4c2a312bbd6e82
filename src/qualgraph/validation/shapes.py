"""Sets of shapes: what each shape asks, in words, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from qualgraph.assets import asset_folder
from qualgraph.errors import DataError, UsageError
from qualgraph.namespaces import DCTERMS, RDFS, SH, SHAPES
from qualgraph.rdf import FORMATS, IRI, Literal, Quad, Term, parse_file
from qualgraph.validation.facts import Facts
from qualgraph.validation.paths import Path as PropertyPath
from qualgraph.validation.paths import read_path

UNVERIFIABLE = IRI(f"{SHAPES}Unverifiable")
TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")


class Severity(StrEnum):
    """How much a finding matters."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for what matters most."""
        return list(Severity).index(self)


SEVERITIES = {f"{SH}{severity.title()}": severity for severity in Severity}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One check. ``name`` is a sentence that says what is wanted; a finding means that it does not hold."""

    iri: str
    name: str
    description: str = ""
    hint: str = ""
    source: str = ""
    severity: Severity = Severity.VIOLATION
    unverifiable: bool = False
    """Results mean: not decided, because a fact is not in the data."""
    companion_of: str | None = None
    targets: tuple[tuple[str, str], ...] = ()
    path: PropertyPath | None = None
    compared_with: str | None = None
    """The other property, where the check compares two."""

    @property
    def short_name(self) -> str:
        """The shape's name in messages, such as ``qgsh:CodePattern``."""
        return f"qgsh:{self.iri.removeprefix(SHAPES)}" if self.iri.startswith(SHAPES) else self.iri


@dataclass(frozen=True, kw_only=True)
class ShapeSet:
    """Shapes that are run together."""

    label: str
    statements: tuple[Quad, ...]
    shapes: tuple[Shape, ...]
    owners: dict[Term, str]
    """The shape with an IRI in which each nameless shape stands."""

    def shape_of(self, node: Term) -> Shape:
        """The described shape that a result's source shape is, or stands in."""
        iri = node.value if isinstance(node, IRI) else self.owners.get(node, str(node))
        return self._by_iri.get(iri) or Shape(iri=iri, name=iri)

    @cached_property
    def _by_iri(self) -> dict[str, Shape]:
        return {shape.iri: shape for shape in self.shapes}


def shape_set(shapes: str | Path = "register") -> ShapeSet:
    """The shapes of ``register``, or of an RDF file or folder; raises DataError where there are none."""
    if shapes == "register":
        return _register()
    path = Path(shapes)
    if not path.exists():
        raise UsageError(
            f"there are no shapes at '{shapes}'.",
            hint="Give 'register', or the path of an RDF file or of a folder with RDF files.",
        )
    files = sorted(f for f in path.iterdir() if f.suffix.lstrip(".") in FORMATS) if path.is_dir() else [path]
    found = read_shapes(str(shapes), (quad for file in files for quad in parse_file(file)))
    if not found.shapes:
        raise DataError(
            "holds no SHACL shape with an IRI and a target.",
            where=str(shapes),
            hint="Give each shape an IRI and sh:targetClass or another target.",
        )
    return found


@cache
def _register() -> ShapeSet:
    files = sorted((asset_folder("shapes") / "register").glob("*.ttl"))
    return read_shapes("register", (quad for file in files for quad in parse_file(file)))


def read_shapes(label: str, statements: Iterable[Quad]) -> ShapeSet:
    """The shapes with an IRI and a target among these statements, in the order of their IRIs."""
    kept = tuple(statements)
    facts = Facts.of(kept)
    subjects = {
        subject: None
        for target in TARGETS
        for subject in facts.having(SH + target)
        if isinstance(subject, IRI)
    }
    shapes = [_shape(facts, subject) for subject in subjects]
    return ShapeSet(
        label=label,
        statements=kept,
        shapes=tuple(sorted(shapes, key=lambda shape: shape.iri)),
        owners={node: owner for shape in shapes for node, owner in _parts(facts, shape.iri)},
    )


def _parts(facts: Facts, owner: str) -> Iterator[tuple[Term, str]]:
    """Every blank node below a shape, with that shape."""
    waiting: list[Term] = [IRI(owner)]
    seen: set[Term] = set()
    while waiting:
        node = waiting.pop()
        for part in facts.blank_objects(node):
            if part not in seen:
                seen.add(part)
                waiting.append(part)
                yield part, owner


def _shape(facts: Facts, subject: IRI) -> Shape:
    def words(*properties: str) -> str:
        found = (value for name in properties for value in facts.objects(subject, name))
        return next((value.value for value in found if isinstance(value, Literal)), "")

    def iri(name: str) -> str | None:
        return next((value.value for value in facts.objects(subject, name) if isinstance(value, IRI)), None)

    targets = [
        (target, value.value)
        for target in TARGETS
        for value in facts.objects(subject, SH + target)
        if isinstance(value, IRI)
    ]
    path = next(iter(facts.objects(subject, f"{SH}path")), None)
    return Shape(
        iri=subject.value,
        name=words(f"{SH}name", f"{RDFS}label") or words(f"{SH}message") or subject.value,
        description=words(f"{SH}description", f"{RDFS}comment"),
        hint=words(f"{SHAPES}hint"),
        source=words(f"{DCTERMS}source") or iri(f"{DCTERMS}source") or "",
        severity=SEVERITIES.get(iri(f"{SH}severity") or "", Severity.VIOLATION),
        unverifiable=UNVERIFIABLE in facts.objects(subject, f"{SHAPES}outcome"),
        companion_of=iri(f"{SHAPES}companionOf"),
        targets=tuple(targets),
        path=read_path(facts, path) if path is not None else None,
        compared_with=iri(f"{SH}lessThanOrEquals")
        or iri(f"{SH}lessThan")
        or iri(f"{SH}disjoint")
        or iri(f"{SH}equals"),
    )
