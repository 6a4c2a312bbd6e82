"""One request to the register's REST interface: only to the host that was named, with bounds on time and size."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from typing import Final, Self
from urllib.parse import urljoin, urlsplit

import httpx

from qualgraph.errors import (
    HarvestError,
    NotOnRegisterError,
    RegisterAnswerError,
    RegisterRefusedError,
    RegisterUnreachableError,
    UsageError,
)

BASE_URL: Final = "https://training.gov.au/api"
"""Where the register's REST interface is, as third parties document it."""
TIMEOUT: Final = 30.0
"""Seconds for one answer, the whole of it."""
MAX_BYTES: Final = 32 * 1024 * 1024
"""Bytes of one answer, unpacked."""
USER_AGENT: Final = f"qualgraph/{version('qualgraph')} (+https://w3id.org/qualgraph)"

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_MOST_REDIRECTS: Final = 3
_LATER: Final = (408, 429, 500, 502, 503, 504)
_LATER_HINT: Final = "Run the same command again later: what was fetched is kept, and it goes on from there."
_OFFLINE_HINT: Final = (
    "Check that this computer is online, its proxy settings and --base-url; then run the same command again: what was "
    "fetched is kept."
)
_ERROR_NUMBER: Final = re.compile(r"^\[Errno -?\d+\] ")
_CHANGED_HINT: Final = (
    "See what differs with 'qualgraph harvest --check', and --base-url for another address."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """What tells the register which copy of an answer is here already."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """An answer; ``body`` is None where the copy that is here already is still right."""

    body: bytes | None
    validators: Validators


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A request that failed; ``transient``: the same request may do better after ``wait`` seconds, if that is said."""

    error: HarvestError
    transient: bool
    wait: float | None = None


class Transport:
    """Requests to one base address; redirects to any other place are refused."""

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        timeout: float = TIMEOUT,
        max_bytes: int = MAX_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``timeout`` is in seconds, ``max_bytes`` of one answer unpacked. Raises UsageError for no http(s) address."""
        self.base = checked_base(base_url)
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._clock = clock
        self._client = httpx.Client(
            timeout=timeout,
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, path: str, known: Validators | None = None) -> Reply | Failure:
        """The answer of an address below the base, in full."""
        url = f"{self.base}/{path}"
        headers = _conditions(known or Validators())
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._reply(response, url)
                    target = urljoin(url, response.headers.get("Location", ""))
            except httpx.TimeoutException:
                return self._too_slow(url)
            except httpx.HTTPError as error:
                return _later(_unreachable(error, url))
            if not self._is_below(target):
                what = f"redirects to {_place(target)}, which is not below the base address; not followed."
                return _final(RegisterAnswerError(what, where=url, hint=_CHANGED_HINT))
            url = target
        return _final(RegisterAnswerError("redirects without end.", where=url, hint=_CHANGED_HINT))

    def _reply(self, response: httpx.Response, url: str) -> Reply | Failure:
        validators = Validators(
            etag=response.headers.get("ETag"), last_modified=response.headers.get("Last-Modified")
        )
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Reply(body=None, validators=validators)
        if response.status_code != httpx.codes.OK:
            return _refusal(response.status_code, response.headers, url)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            what = f"answers with {kind or 'no content type'} where JSON is expected."
            return _final(RegisterAnswerError(what, where=url, hint=_CHANGED_HINT))
        body = self._body(response, url)
        return body if isinstance(body, Failure) else Reply(body=body, validators=validators)

    def _body(self, response: httpx.Response, url: str) -> bytes | Failure:
        end = self._clock() + self._timeout
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > self._max_bytes:
                what = f"answers with more than {self._max_bytes:,} bytes, which is the most that is read."
                return _final(RegisterAnswerError(what, where=url))
            if self._clock() > end:
                return self._too_slow(url)
        return b"".join(parts)

    def _too_slow(self, url: str) -> Failure:
        what = f"did not answer in full within {self._timeout:g} seconds."
        return _later(RegisterUnreachableError(what, where=url))

    def _is_below(self, url: str) -> bool:
        ours, theirs = urlsplit(self.base), urlsplit(url)
        same = (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)
        return same and theirs.path.startswith(f"{ours.path}/") and ".." not in theirs.path


def checked_base(base_url: str) -> str:
    """A base address without the slash at its end; raises UsageError for what is none."""
    try:
        parts = urlsplit(base_url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in ("http", "https") or not host or not plain:
        raise UsageError(
            "cannot be the base address of the register's interface.",
            where=base_url,
            hint=f"Give an http(s) address without user, query or fragment, such as {BASE_URL}.",
        )
    return base_url.rstrip("/")


def _conditions(known: Validators) -> dict[str, str]:
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}


def _refusal(status: int, headers: Mapping[str, str], url: str) -> Failure:
    if status in (404, 410):
        return _final(NotOnRegisterError(f"is not known to the register (status {status}).", where=url))
    if status in _LATER:
        error = RegisterUnreachableError(f"answers with status {status}.", where=url, hint=_LATER_HINT)
        return _later(error, _retry_after(headers.get("Retry-After")))
    return _final(RegisterRefusedError(f"refuses the request (status {status}).", where=url))


def _later(error: HarvestError, wait: float | None = None) -> Failure:
    error.hint = error.hint or _LATER_HINT
    return Failure(error=error, transient=True, wait=wait)


def _final(error: HarvestError) -> Failure:
    return Failure(error=error, transient=False)


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, from the header's seconds or point in time; None for neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _unreachable(error: httpx.HTTPError, url: str) -> HarvestError:
    """What is wrong with the way to the register, in words; a name that nothing knows mostly means no network."""
    if _is_unknown_host(error):
        what = f"cannot be reached: the host name {urlsplit(url).hostname} could not be resolved."
        return RegisterUnreachableError(what, where=url, hint=_OFFLINE_HINT)
    return RegisterUnreachableError(f"cannot be reached ({_words(error)}).", where=url)


def _is_unknown_host(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, socket.gaierror):
        error = error.__cause__ or error.__context__
    return error is not None


def _words(error: httpx.HTTPError) -> str:
    return _ERROR_NUMBER.sub("", str(error)) or type(error).__name__


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "no address"
