"""Where pages and files are: the same templates make the pages of a server and those of a folder of files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from urllib.parse import quote

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DEFAULT_BASE, ONTOLOGY, QG
from qualgraph.pages.text import linked


class Addresses(ABC):
    """Says what to write in a page so that it leads to another page, a file, a thing or a code.

    ``live``: there is a server that answers questions; else all that can be asked is asked in the page.
    """

    live: bool

    @abstractmethod
    def page(self, path: str) -> str:
        """The address of a page, such as ``history/BSB40307``."""

    @abstractmethod
    def file(self, path: str) -> str:
        """The address of a file, such as ``static/style.css``."""

    @abstractmethod
    def thing(self, iri: str) -> str:
        """Where an IRI leads: to the document here about a thing of ours, else to itself.

        An IRI that a browser would run leads nowhere.
        """

    @abstractmethod
    def canonical(self, path: str) -> str | None:
        """The one address of a page for search engines; None where it is not known."""

    @abstractmethod
    def code(self, code: str) -> str:
        """Where a code leads, whatever kind of component has it."""


class ServerAddresses(Addresses):
    """The addresses of a server; ``root`` is what each of them begins with."""

    live = True

    def __init__(self, ids: Identifiers, root: str = "/") -> None:
        self._ids = ids
        self._root = root

    def page(self, path: str) -> str:
        """The path below the root."""
        return f"{self._root}{path}"

    def file(self, path: str) -> str:
        """The path below the root."""
        return f"{self._root}{path}"

    def thing(self, iri: str) -> str:
        """The document about a thing of ours, the place of a term in the ontology, else the IRI."""
        if iri == ONTOLOGY or iri.startswith(QG):
            return self.page(f"def{iri.removeprefix(ONTOLOGY)}")
        key = key_of(self._ids, iri)
        return linked(iri) if key is None else self.page(f"doc/{key}")

    def canonical(self, path: str) -> str:
        """The address itself."""
        return self.page(path)

    def code(self, code: str) -> str:
        """The address that leads from a code to the component that has it."""
        return self.page(f"code/{quote(code, safe='')}")


def key_of(ids: Identifiers, iri: str) -> str | None:
    """What stands behind the base in an IRI of this publisher or of the vocabularies; None for any other IRI."""
    for base in (ids.base, DEFAULT_BASE):
        if iri.startswith(base):
            return iri.removeprefix(base)
    return None
