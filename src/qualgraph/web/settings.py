"""What a server is told: where its data is, where it listens, and how much one request may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.publishing import Publication
from qualgraph.web.workers import Limits


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of a server.

    ``location`` is a folder or an endpoint's URL. ``base_iri`` is what the identifiers in the data begin with, and
    ``public_url`` where the world finds this server, without a slash at its end; None: as each request says.
    """

    location: str
    base_iri: str = DEFAULT_BASE
    public_url: str | None = None
    stated: Publication = field(default_factory=Publication)
    """What the publisher says of the data."""
    dumps: Path | None = None
    """The folder of dumps that is served, too."""
    services: tuple[str, ...] = ()
    """The endpoints that queries may ask by SERVICE, and no others."""
    limits: Limits = field(default_factory=Limits)
    processes: int = 2
    waiting: int = 20
    max_body: int = 1024 * 1024
    """Bytes that a request may send, but for what is sent to be validated."""
    max_upload: int = 8 * 1024 * 1024
    """Bytes that may be sent to be validated."""
