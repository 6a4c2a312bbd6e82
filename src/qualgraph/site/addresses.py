"""Addresses in a folder of files: relative, so that the site works in any place, a folder of a server's too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from typing import Final
from urllib.parse import quote, unquote

from qualgraph.identifiers import Identifiers
from qualgraph.pages.addresses import Addresses, key_of
from qualgraph.pages.text import linked

_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|%=]|^\.|[. ]$')
_LONGEST: Final = 180
"""Bytes of a file's name, which may have an ending and the mark of an unfinished file besides."""
_SAFE: Final = "-._~()+,@&!'"


def file_path(path: str) -> str:
    """The path of a file for a page or thing; no part of it can lead out of the folder.

    What a file system does not take is written as ``=`` and hexadecimal digits; a name that is too long is cut and
    told from others by a checksum.
    """
    return "/".join(_part(part) for part in path.split("/"))


def _part(part: str) -> str:
    name = _UNSAFE.sub(lambda found: "".join(f"={byte:02X}" for byte in found[0].encode()), unquote(part))
    if len(name.encode()) > _LONGEST:
        digest = hashlib.sha256(name.encode()).hexdigest()[:16]
        name = f"{name.encode()[: _LONGEST - 18].decode(errors='ignore')}={digest}"
    return name or "="


class SiteAddresses(Addresses):
    """Addresses seen from the page ``here``; ``known`` are the keys of all things that have a page.

    ``codes`` has the key of each component by its code. ``public_url`` ends in a slash; None where nobody knows yet
    where the site will be. ``absolute``: whole addresses, for a page that is shown in many places (404.html).
    """

    live = False

    def __init__(
        self,
        ids: Identifiers,
        known: Collection[str],
        codes: Mapping[str, str],
        public_url: str | None = None,
    ) -> None:
        self._ids = ids
        self._known = known
        self._codes = codes
        self._public_url = public_url
        self.here = ""
        self.absolute = False

    def page(self, path: str) -> str:
        """The file of the page, from here."""
        return self.file(f"{path or 'index'}.html")

    def file(self, path: str) -> str:
        """The file, from here; an empty path is the folder of the whole site."""
        root = (self._public_url or "/") if self.absolute else "../" * self.here.count("/")
        return root + (quote(file_path(path), safe=f"/{_SAFE}") if path else "")

    def thing(self, iri: str) -> str:
        """The page of a thing, or of the nearest thing above it that has one; else the IRI itself."""
        key = key_of(self._ids, iri)
        while key:
            if key in self._known:
                return self.page(f"doc/{key}")
            key = key.rpartition("/")[0]
        return linked(iri)

    def canonical(self, path: str) -> str | None:
        """The address on the web."""
        if self._public_url is None:
            return None
        return self._public_url + quote(file_path(f"{path}.html"), safe=f"/{_SAFE}")

    def code(self, code: str) -> str:
        """The page of the component; the list of all codes for a code that has none."""
        key = self._codes.get(code)
        return self.page(f"doc/{key}") if key else self.page("browse/index")
