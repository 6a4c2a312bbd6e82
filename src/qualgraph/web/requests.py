"""What a request asks, read within its limits: its body, its form, and the way its answer is to be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from qualgraph.pages.media import Media
from qualgraph.web.negotiation import by_ending, wanted
from qualgraph.web.problems import problem


class RefusedError(Exception):
    """A request that is answered with a problem, whatever was to be done with it."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a query string or form, each of them as often as it was given."""

    pairs: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return [value for key, value in self.pairs if key == name]

    def one(self, name: str) -> str | None:
        """The value of a field that may be given once; raises RefusedError where it is given more often."""
        values = self.all(name)
        if len(values) > 1:
            raise RefusedError(problem(400, f"'{name}' is given {len(values)} times.", hint="Give it once."))
        return values[0] if values else None

    def names(self) -> set[str]:
        """The names of all fields."""
        return {key for key, _ in self.pairs}


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request; raises RefusedError for one of more than ``most`` bytes, without reading on."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise RefusedError(
                problem(
                    413,
                    f"The request sends more than {most:,} bytes.",
                    hint="Send less.",
                    headers={"Connection": "close"},
                )
            )
        parts.append(part)
    return b"".join(parts)


def text_of(data: bytes) -> str:
    """Bytes as text; raises RefusedError for what is no UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(
            problem(400, f"The request is not UTF-8 at byte {error.start}.", hint="Send it as UTF-8.")
        ) from error


def fields_of(encoded: str) -> Fields:
    """The fields of a query string or of a form; raises RefusedError for what is none."""
    try:
        found = parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError) as error:
        raise RefusedError(
            problem(
                400, "The fields of the request cannot be read.", hint="Encode them as UTF-8 percent escapes."
            )
        ) from error
    return Fields(tuple(found))


def media_type_of(request: Request) -> str:
    """The media type of what a request sends, without parameters; empty where none is said."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def chosen(request: Request, offered: Iterable[Media], *, format: str | None = None) -> Media:
    """How the answer is to be written: by ``format``, an ending or a media type, else by the Accept headers.

    Raises RefusedError (406) with what there is where a client wants none of it.
    """
    choices = list(offered)
    if format is not None:
        name = format.strip().lower()
        found = by_ending(name, choices) or wanted(
            [name.replace(" ", "+")] if "/" in name else ["-"], choices
        )
    else:
        found = wanted(request.headers.getlist("accept"), choices)
    if found is None:
        there = ", ".join(media.type for media in choices)
        raise RefusedError(
            problem(
                406,
                "There is no such representation.",
                hint=f"There are: {there}.",
                headers={"Vary": "Accept"},
            )
        )
    return found
