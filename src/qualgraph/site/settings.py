"""What is to be written for a site, and what is known of the store before any page is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.pages.media import JSONLD, NTRIPLES, RDFXML, TURTLE, Media
from qualgraph.publishing import NOTHING_STATED, Publication
from qualgraph.store.rows import Row

FORMATS: Final[Mapping[str, Media]] = {media.ending: media for media in (TURTLE, JSONLD, NTRIPLES, RDFXML)}
"""The syntaxes that can stand beside each page, by the ending of their files."""
USUAL_FORMATS: Final = ("ttl", "jsonld", "nt")


@dataclass(frozen=True, kw_only=True)
class SiteSettings:
    """``base_iri`` is what the identifiers in the data begin with, ``public_url`` where the site will be found.

    ``public_url`` ends in a slash. Without it there is no sitemap, and pages do not say their canonical address.
    """

    location: str
    base_iri: str = DEFAULT_BASE
    public_url: str | None = None
    formats: tuple[str, ...] = USUAL_FORMATS
    dumps: bool = True
    processes: int = 2
    stated: Publication = NOTHING_STATED
    """What the publisher says of the data."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the site has pages about.

    ``components`` are rows by IRI, ``things`` the IRIs of all other things with a page. ``known`` are the keys of
    both, ``codes`` the key of each component by its code, ``ruled`` the codes that have a packaging rule, and
    ``policies`` the credit policies of the store.
    """

    components: Mapping[str, Row]
    things: tuple[str, ...]
    known: frozenset[str]
    codes: Mapping[str, str]
    ruled: frozenset[str]
    policies: tuple[str, ...]
    documents: tuple[tuple[str, str], ...] = field(default=())
