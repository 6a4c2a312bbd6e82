"""Who publishes the data and on what terms: told wherever it is described, and left out where it is not stated.

Sources: DCAT 3, section 6.4; DCMI Metadata Terms; FOAF; vCard in RDF; schema.org Dataset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from qualgraph.namespaces import DCAT, DCTERMS, FOAF, VCARD
from qualgraph.rdf import IRI, RDF_TYPE, Triple, text

USUAL_TITLE: Final = "Vocational qualifications as linked data"
"""What the data is called by whoever gives it no name."""
_CREATIVE: Final = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-nd|-sa)?)|publicdomain/(zero))/"
    r"(\d\.\d)/?(?:([a-z]{2})/?)?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What its publisher says of the data as a whole; None where that is not stated.

    ``homepage`` is the publisher's, ``contact`` begins with ``mailto:`` or ``https:``, and ``licence`` is the IRI
    of the licence of the data as it is published.
    """

    title: str | None = None
    description: str | None = None
    publisher: str | None = None
    homepage: str | None = None
    contact: str | None = None
    licence: str | None = None

    @property
    def name(self) -> str:
        """What the data is called."""
        return self.title or USUAL_TITLE


NOTHING_STATED: Final = Publication()


def stated_of(stated: Publication, dataset: IRI) -> Iterator[Triple]:
    """Title, description, publisher and contact of the dataset, of each as much as is stated."""
    yield Triple(dataset, IRI(f"{DCTERMS}title"), text(stated.name, None if stated.title else "en"))
    if stated.description:
        yield Triple(dataset, IRI(f"{DCTERMS}description"), text(stated.description))
    if stated.publisher or stated.homepage:
        yield Triple(dataset, IRI(f"{DCTERMS}publisher"), IRI(f"{dataset.value}-publisher"))
    if stated.contact:
        yield Triple(dataset, IRI(f"{DCAT}contactPoint"), IRI(f"{dataset.value}-contact"))


def publication_triples(stated: Publication, dataset: IRI) -> Iterator[Triple]:
    """The same with the licence, and what is known of publisher and contact."""
    yield from stated_of(stated, dataset)
    yield from licence_triples(stated, dataset)
    agent, card = IRI(f"{dataset.value}-publisher"), IRI(f"{dataset.value}-contact")
    if stated.publisher or stated.homepage:
        yield Triple(agent, RDF_TYPE, IRI(f"{FOAF}Agent"))
    if stated.publisher:
        yield Triple(agent, IRI(f"{FOAF}name"), text(stated.publisher))
    if stated.homepage:
        yield Triple(agent, IRI(f"{FOAF}homepage"), IRI(stated.homepage))
    if stated.contact:
        means = "hasEmail" if stated.contact.startswith("mailto:") else "hasURL"
        yield Triple(card, RDF_TYPE, IRI(f"{VCARD}Kind"))
        yield Triple(card, IRI(f"{VCARD}{means}"), IRI(stated.contact))
        yield Triple(card, IRI(f"{VCARD}fn"), text(stated.publisher or stated.name))


def licence_triples(stated: Publication, thing: IRI) -> Iterator[Triple]:
    """The licence of the data, said of it or of a way to get it; nothing where none is stated."""
    if stated.licence:
        yield Triple(thing, IRI(f"{DCTERMS}license"), IRI(stated.licence))


def schema_org(
    stated: Publication, root: str | None, dataset: str | None, dumps: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """The dataset and its publisher in the terms of schema.org.

    ``root`` is the address of the front page and ``dataset`` the IRI, None where they are not known yet; ``dumps`` are
    the address and the media type of each file that holds all of the data.
    """
    contact = stated.contact or ""
    point = {"email": contact.removeprefix("mailto:")} if contact.startswith("mailto:") else {"url": contact}
    organisation = {
        "@type": "Organization",
        "name": stated.publisher,
        "url": stated.homepage,
        "contactPoint": {"@type": "ContactPoint", **point} if contact else None,
    }
    said = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": dataset,
        "url": root,
        "name": stated.name,
        "description": stated.description,
        "license": stated.licence,
        "publisher": _stated(organisation) if len(_stated(organisation)) > 1 else None,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": address, "encodingFormat": kind}
            for address, kind in dumps
        ],
    }
    return _stated(said)


def _stated(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}


def licence_name(iri: str) -> str:
    """A Creative Commons licence by the name that people know it by, any other by its IRI.

    >>> licence_name("https://creativecommons.org/licenses/by-nd/3.0/au/")
    'CC BY-ND 3.0 AU'
    >>> licence_name("https://example.org/terms")
    'https://example.org/terms'
    """
    found = _CREATIVE.fullmatch(iri)
    if found is None:
        return iri
    kind, zero, version, country = found.groups()
    return " ".join(
        ["CC0" if zero else f"CC {kind.upper()}", version, *([country.upper()] if country else [])]
    )
