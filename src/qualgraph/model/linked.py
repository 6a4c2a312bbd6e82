"""What RDF of another publisher says: things that have an identifier of ours too, and links between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualgraph.identifiers import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """What an IRI of another publisher is for us: a component, a concept by its code, or a whole scheme.

    Exactly one of ``kind`` and ``scheme`` is given; a scheme itself has no ``code``.
    """

    iri: str
    kind: Kind | None = None
    scheme: str | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedThing:
    """Statements of one subject. In a file that is not grouped by subject, one thing may come in several.

    ``links`` lead by a property to another thing, or to an IRI that is none of ours; ``texts`` are prose by property.
    """

    thing: Thing
    noun: str
    labels: tuple[str, ...] = ()
    other_labels: tuple[str, ...] = ()
    links: tuple[tuple[str, Thing | str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def nouns(self) -> Iterator[str]:
        """What it counts as, and each of its links to a qualification."""
        yield self.noun
        for _, value in self.links:
            if isinstance(value, Thing) and value.kind is Kind.QUALIFICATION:
                yield "link to a qualification"


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """An organisation that the data names, by the IRI that the data gives it.

    ``is_stated``: these ``statements`` say that it is one; of others another part of the file does.
    """

    iri: str
    names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    is_stated: bool = True
    statements: int = 0

    @property
    def nouns(self) -> Iterator[str]:
        """What it counts as."""
        yield "organisation" if self.is_stated else "further statement"


LinkedItem = LinkedThing | Organisation
"""What RDF of another publisher yields."""
