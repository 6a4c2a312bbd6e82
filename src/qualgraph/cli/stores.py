"""Opening the store a command works on, and saying so when its answers may be out of date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qualgraph.cli.terminal import warn

if TYPE_CHECKING:
    from qualgraph.store import Store


@contextmanager
def reading(location: str | None, *, allow_service: bool = False) -> Iterator[Store]:
    """A store opened to be read, never made; warns once if what is derived is older than the documents."""
    from qualgraph.pipeline import require_content
    from qualgraph.store import open_store

    with open_store(location or None, read_only=True, allow_service=allow_service) as store:
        require_content(store)
        warn_if_stale(store)
        yield store


def warn_if_stale(store: Store) -> None:
    """One line on standard error where the derived graph is older than the documents, or an endpoint lacks one."""
    from qualgraph.pipeline import is_current
    from qualgraph.store import is_endpoint

    if is_endpoint(store.location):
        warn_of_gaps(store)
    elif not is_current(store):
        warn(
            f"{store.location}: what is derived (titles, shortcuts) is older than the documents, so answers may be "
            "incomplete. Repair it with 'qualgraph build'."
        )


def warn_of_gaps(store: Store) -> None:
    """One line on standard error where an endpoint does not show what questions need; nothing if it cannot say."""
    from qualgraph.errors import QualgraphError
    from qualgraph.pipeline import gaps

    try:
        missing = gaps(store)
    except QualgraphError:
        return
    if missing:
        warn(
            f"{store.location}: {' and '.join(missing)}, so answers may be incomplete or empty. "
            "Load into it what 'qualgraph export FILE.nq --merged' writes of a store."
        )


@contextmanager
def writing(location: str | None) -> Iterator[Store]:
    """A store opened to be written; made if there is none."""
    from qualgraph.store import open_store

    with open_store(location or None, read_only=False) as store:
        yield store


def require_writable(location: str | None) -> None:
    """Raise now what writing would raise after long work: the store is locked, read-only, or none of ours."""
    from qualgraph.store import default_location

    place = location or default_location()
    if "://" in place or Path(place).expanduser().exists():
        with writing(location):
            pass
