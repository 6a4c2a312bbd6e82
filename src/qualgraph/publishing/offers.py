"""The ways to get the data that its description names: files that hold all of it, and services that answer.

Source: DCAT 3, sections 6.8 (distributions) and 6.9 (data services).
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qualgraph.errors import UsageError
from qualgraph.namespaces import DCAT, DCTERMS, SPDX, VOID, XSD
from qualgraph.publishing.publication import NOTHING_STATED, Publication, licence_triples
from qualgraph.rdf import IRI, RDF_TYPE, Literal, RdfFormat, Triple, text

NAME: Final = "qualgraph"
DUMPS: Final[dict[str, RdfFormat]] = {
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}
"""The syntaxes of dumps by the ending of their files; N-Quads and JSON-LD tell the graph of each triple."""
DESCRIPTION: Final = "void.ttl"
CHECKSUMS: Final = "SHA256SUMS"
PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"
OPENAPI: Final = "https://spec.openapis.org/oas/v3.1.1"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_LISTED: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_-][A-Za-z0-9._-]*)")
"""A line of checksums; no name in it leads out of the folder or is hidden."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DumpFile:
    """A file of a dump: its name, bytes and checksum."""

    name: str
    size: int
    sha256: str

    @property
    def syntax(self) -> RdfFormat | None:
        """The syntax in which it holds all of the data; None for a file that does not."""
        ending = self.name.removeprefix(f"{NAME}.").removesuffix(".gz")
        return DUMPS.get(ending) if self.name == f"{NAME}.{ending}.gz" else None


def dump_files(folder: Path) -> list[DumpFile]:
    """The files that the checksums of a dump list and that are there, in their order.

    Raises UsageError for a folder without checksums.
    """
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"has no {CHECKSUMS} that can be read, so it is no folder of dumps.",
            where=str(folder),
            hint="Write them with 'qualgraph dump FOLDER'.",
        ) from error
    listed = [(found[2], found[1]) for line in lines if (found := _LISTED.fullmatch(line))]
    sizes = ((name, digest, _size(folder / name)) for name, digest in listed)
    return [DumpFile(name=name, size=size, sha256=digest) for name, digest, size in sizes if size is not None]


def _size(path: Path) -> int | None:
    """The bytes of a file, asked once, as a newer dump may take its place meanwhile; None for what is no file."""
    with suppress(OSError):
        found = path.lstat()
        return found.st_size if stat.S_ISREG(found.st_mode) else None
    return None


def dump_triples(
    dataset: IRI, root: str, files: Sequence[DumpFile], stated: Publication = NOTHING_STATED
) -> Iterator[Triple]:
    """Each file below ``root`` that holds all of the data, as a dump of VoID and a distribution of DCAT."""
    for file in files:
        if file.syntax is None:
            continue
        address, checksum = IRI(f"{root}{file.name}"), IRI(f"{root}#{file.name}-checksum")
        own = IRI(f"{root}#{file.name}")
        yield Triple(dataset, IRI(f"{VOID}dataDump"), address)
        yield Triple(dataset, IRI(f"{DCAT}distribution"), own)
        yield Triple(own, RDF_TYPE, IRI(f"{DCAT}Distribution"))
        yield Triple(own, IRI(f"{DCTERMS}title"), text(file.name))
        yield Triple(own, IRI(f"{DCAT}accessURL"), address)
        yield Triple(own, IRI(f"{DCAT}downloadURL"), address)
        yield Triple(own, IRI(f"{DCAT}mediaType"), IRI(f"{_IANA}{file.syntax.media_type}"))
        yield Triple(own, IRI(f"{DCAT}compressFormat"), IRI(f"{_IANA}application/gzip"))
        yield Triple(own, IRI(f"{DCAT}byteSize"), Literal(str(file.size), datatype=_COUNT))
        yield Triple(own, IRI(f"{SPDX}checksum"), checksum)
        yield Triple(checksum, RDF_TYPE, IRI(f"{SPDX}Checksum"))
        yield Triple(checksum, IRI(f"{SPDX}algorithm"), IRI(f"{SPDX}checksumAlgorithm_sha256"))
        yield Triple(checksum, IRI(f"{SPDX}checksumValue"), Literal(file.sha256, datatype=_HEX))
        yield from licence_triples(stated, own)


_HEX: Final = IRI(f"{XSD}hexBinary")
_COUNT: Final = IRI(f"{XSD}nonNegativeInteger")


def service_triples(
    dataset: IRI, endpoint: IRI, interface: IRI, description: IRI, stated: Publication = NOTHING_STATED
) -> Iterator[Triple]:
    """The SPARQL endpoint, and the interface that ``description`` tells of, as services that serve the dataset."""
    catalogue, own = IRI(f"{dataset.value}-catalog"), IRI(f"{dataset.value}-sparql")
    asked = IRI(f"{dataset.value}-interface")
    for service, address, title, described, standard in (
        (endpoint, endpoint, "SPARQL endpoint", endpoint, PROTOCOL),
        (asked, interface, "Questions, search and documents", description, OPENAPI),
    ):
        yield Triple(catalogue, IRI(f"{DCAT}service"), service)
        yield Triple(service, RDF_TYPE, IRI(f"{DCAT}DataService"))
        yield Triple(service, IRI(f"{DCTERMS}title"), text(title, "en"))
        yield Triple(service, IRI(f"{DCAT}servesDataset"), dataset)
        yield Triple(service, IRI(f"{DCAT}endpointURL"), address)
        yield Triple(service, IRI(f"{DCAT}endpointDescription"), described)
        yield Triple(service, IRI(f"{DCTERMS}conformsTo"), IRI(standard))
        yield from licence_triples(stated, service)
    yield Triple(dataset, IRI(f"{DCAT}distribution"), own)
    yield Triple(own, RDF_TYPE, IRI(f"{DCAT}Distribution"))
    yield Triple(own, IRI(f"{DCTERMS}title"), text("By SPARQL", "en"))
    yield Triple(own, IRI(f"{DCAT}accessURL"), endpoint)
    yield Triple(own, IRI(f"{DCAT}accessService"), endpoint)
    yield from licence_triples(stated, own)
