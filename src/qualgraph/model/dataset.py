"""What a dataset says: one entry for each component or concept, in the order of its rows."""

from __future__ import annotations

from dataclasses import dataclass

from qualgraph.identifiers import Kind
from qualgraph.model.component import (
    Classification,
    Component,
    Mapping,
    Packaging,
    Parent,
    Release,
    UnitGrid,
    UsageStatement,
)
from qualgraph.model.profile import (
    EmployabilitySkill,
    EntryRequirement,
    JobRoles,
    LicensingNote,
    OutcomeExample,
    Pathway,
)
from qualgraph.model.unit import Inclusion, UnitElement, UnitField, UnitPrerequisite, UnitSection

EntryRecord = (
    Component
    | UsageStatement
    | Parent
    | Release
    | Mapping
    | UnitGrid
    | Classification
    | Packaging
    | EntryRequirement
    | Pathway
    | JobRoles
    | LicensingNote
    | EmployabilitySkill
    | OutcomeExample
    | UnitElement
    | UnitPrerequisite
    | UnitSection
    | UnitField
    | Inclusion
)
"""What can be said of one component."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a dataset says of one component: the records that a document about it alone would yield.

    ``described``: the dataset describes the component, as an export does, and does not merely name it. A Release
    among the records with ``described`` set is the one that packaging rule and unit grid hang on.
    """

    kind: Kind
    code: str
    records: tuple[EntryRecord, ...]
    line: int
    described: bool = True
