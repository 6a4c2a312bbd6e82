"""The place that a server listens at, taken before anybody is told that it is there."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import ExitStack
from typing import Final

from qualgraph.errors import UsageError

_OF_THIS_MACHINE: Final = (
    "Give an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for all that it has."
)


def listening(host: str, port: int) -> list[socket.socket]:
    """A socket for each address of the host; raises UsageError where the system gives none of them.

    A port 0 is any that is free, of the first address alone.
    """
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise UsageError(
            f"'{host}' is the name of no address.", where="--host", hint=_OF_THIS_MACHINE
        ) from error
    places = list(dict.fromkeys((family, address) for family, _, _, _, address in found))
    sockets: list[socket.socket] = []
    failed: OSError | None = None
    with ExitStack() as stack:
        for family, address in places[:1] if port == 0 else places:
            try:
                sockets.append(stack.enter_context(_bound(family, address)))
            except OSError as error:
                failed = error
                if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                    raise _refused(host, port, error) from error
        if failed is not None and not sockets:
            raise _refused(host, port, failed) from failed
        stack.pop_all()
    return sockets


def _bound(family: int, address: tuple[object, ...]) -> socket.socket:
    made = socket.socket(family)
    try:
        if os.name == "posix":  # elsewhere it would let two servers have the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
        made.listen(2048)  # without it a second server could bind the same port unnoticed
    except BaseException:
        made.close()
        raise
    return made


def _refused(host: str, port: int, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(
            f"something listens at {host}:{port} already.",
            where="--port",
            hint="Stop it, or choose another port with --port; 0 is any that is free.",
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"'{host}' is no address of this machine.", where="--host", hint=_OF_THIS_MACHINE)
    return UsageError(
        f"cannot listen at {host}:{port} ({error.strerror or error}).",
        where="--port",
        hint="Choose another port with --port: those below 1024 are mostly kept for the system.",
    )
